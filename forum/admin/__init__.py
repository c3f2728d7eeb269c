"""Pages of the site's administrators: settings, people, what is stuck, and whether all is well."""
