"""The smallest ward file that has one of everything. Invented."""

SMALL = """\
ward:
  province: {code: "51", name: Tỉnh Quảng Ngãi}
  code: "23284"
  name: Phường Thử
  setting: urban
  place_line: Thử
  issuer: Ủy ban nhân dân phường Thử
villages:
  - {code: 01, name: Tổ dân phố 1, setting: urban}
  - {code: 02, name: Thôn Hai, setting: rural}
units:
  - {kind: department, name: Phòng Kinh tế, short_name: KT}
  - {kind: front, name: Mặt trận phường, prefix: Đề nghị}
users:
  - username: canbo
    full_name: Trần Thị Ngọc
    grants:
      - {role: coordinator, unit: KT, valid_from: 2025-07-01}
      - {role: entry_officer, villages: ["01", "02"], valid_from: 2025-07-01}
area_years:
  - {on: 2024-12-31, households: 1000, persons: 4000, source: Niên giám}
  - {village: "02", on: 2024-12-31, households: 400, source: Niên giám}
indicators:
  - code: poor_households
    name: Số hộ nghèo
    dimension: Giảm nghèo
    measure: count
    measure_unit: hộ
    direction: down
    query: poor_households
    owner: Phòng Kinh tế
    targets:
      - {years: 2025-2027, operator: level, low: 12, rate_operator: level, rate: 0.15}
      - {years: 2028, operator: range, low: 3, high: 5}
      - {years: 2028, village: "02", operator: none_left, low: 0}
  - code: insurance
    name: Tỷ lệ người có thẻ bảo hiểm y tế
    dimension: Y tế
    measure: percent
    measure_unit: "%"
    direction: up
    targets:
      - {years: 2025, operator: qualitative, note: Tăng dần qua từng năm}
    actuals:
      - {year: 2025, numerator: 9, denominator: 10, as_of: 2025-12-31, is_estimate: true}
projects:
  - code: "2"
    years: 2025-2030
    local_name: Sinh kế
    contents: [Giống cây, Giống con]
    lead: KT
    coordinating: [Mặt trận phường, {unit: KT, years: 2026}]
documents:
  - code: plan-2025
    kind: plan
    years: 2025-2030
    subject: giảm nghèo bền vững
    symbol: KH-UBND
    data_on: 2024-12-31
    signature: {authority: TM. ỦY BAN NHÂN DÂN, title: CHỦ TỊCH}
    bases:
      - {role: basis, kind: Nghị quyết, number: 24/2021/QH15, date: 2021-07-28, issuer: Quốc hội}
      - {role: carries_out, kind: Nghị quyết, title: Đại hội Đảng bộ phường}
    blocks:
      - heading: Mục tiêu
        children:
          - dash: "Còn {poor_households 2024} hộ, năm 2025 còn {target poor_households 2025} hộ."
          - targets: {years: [2025], dimensions: [Giảm nghèo]}
      - heading: Tổ chức thực hiện
        children:
          - components: {}
          - duties: {}
      - closing: Trên đây là Kế hoạch
      - appendix: Lộ trình
        landscape: true
        children:
          - roadmap: {first: 2024, last: 2030, indicators: [poor_households]}
    duties:
      - unit: KT
        tasks:
          - Là cơ quan thường trực.
          - {text: Chủ trì Dự án 2., projects: ["2"]}
    recipients: [Thường trực Đảng ủy phường]
    archive: VT, KT
"""


def changed(old: str, new: str) -> str:
    """The small file with one thing written otherwise."""
    assert SMALL.count(old) == 1, f"{old!r} must stand once in the small file"
    return SMALL.replace(old, new)
