"""Lists of sessions as they come: tables and calendar files. Pure: no database."""
