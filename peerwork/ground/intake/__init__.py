"""Files people bring, calendars and sheets, read row by row with every problem named."""
