"""One module for each format that the guide is written in for downloading."""
