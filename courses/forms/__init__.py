"""What a form of the Wagtail admin asks beyond its fields."""
