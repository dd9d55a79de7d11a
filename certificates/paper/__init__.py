"""What a certificate looks like: its page, its letters, its lines, its PDF."""
