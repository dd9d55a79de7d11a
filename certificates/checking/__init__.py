"""What anybody may learn about a certificate: by its code, by its file, off line."""
