"""Lists of people as they arrive: read, understood, compared. Pure: no database."""
