"""Measures Kade against limit A: a bare Flask application that returns as many constant bytes. Run by `make bench`."""
