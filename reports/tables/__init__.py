"""The fifteen summary tables of the review (Thông tư 07/2021/TT-BLĐTBXH, Phụ lục VII).

`TABLES` lists them by number; each is built from the same `WardFacts`, so that figures which
stand in two tables are one figure.
"""
