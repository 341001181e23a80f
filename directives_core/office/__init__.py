"""The office: units, classes, actors and settings, all in one stream, so that their names are unique."""
