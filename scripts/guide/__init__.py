"""The Volunteering Guide as data: what is written, what we promise about it, what is made of it."""
