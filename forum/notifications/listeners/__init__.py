"""What notifications do on the news of others."""
