"""Members: who they are, how they sign in, whom they block."""
