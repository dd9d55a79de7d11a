"""Questions as files of other programs: read, refused in words, written. Pure."""
