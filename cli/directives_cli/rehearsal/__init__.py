"""The demonstration: a play in which every line of the stage is a command that is really run."""
