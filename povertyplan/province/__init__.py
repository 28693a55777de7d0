"""An invented province to measure with: many wards, each written in one transaction.

`making` says what a province is and how a half-built one is resumed or removed; the other modules
write the parts of one ward: its places and people, its reviews and classes, its programme.
"""
