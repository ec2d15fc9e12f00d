"""Search in Kazakh, Russian and English: an index of each language that a browser reads whole.

    sections   what is searched: the sections of a built site, as plain text
    asked      what readers call a section: docs/search.yml
    stemming   which words are forms of one word, in each language; irregular.yml
    index      sections → the files that engine.js reads
    console    engine.js outside a browser, for scripts/search.py and tests

engine.js ranks; overrides/assets/search/worker.js loads it and answers Material's search box.
"""
