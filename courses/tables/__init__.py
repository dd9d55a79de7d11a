"""Text files and workbooks as they arrive, as lines of cells. Pure: no database."""
