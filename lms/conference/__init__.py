"""What a conference's own report says of who was there. Values in, values out."""
