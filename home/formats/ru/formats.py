"""Russian without the shortened word for "year": sentences end in a date with one stop.

What is not said here stays as Django has it.
"""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
