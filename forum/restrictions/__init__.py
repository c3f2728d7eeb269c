"""What the lanes for reports, notices and appeals share: what can be restricted, who looks after it, and accounts."""
