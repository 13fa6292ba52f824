"""Who people are and what they may do: accounts, sign-in, sessions, tokens, memberships, rosters."""
