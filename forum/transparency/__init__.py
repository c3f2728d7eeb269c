"""What everyone can see of moderation: the public log and figures by year; for administrators, statements."""
