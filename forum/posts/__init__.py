"""Posts: articles, questions, requests and events."""
