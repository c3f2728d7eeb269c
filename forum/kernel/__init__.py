"""What every feature stands on: database, events, worker, errors, access, text, clock. Knows no feature."""
