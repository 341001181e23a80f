"""One directive: its events, the state they fold into, and the commands that decide new ones."""
