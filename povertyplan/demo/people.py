"""Invented households. No name, birth date, number or address belongs to anybody.

Citizen numbers start with a code that no province has.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from households.choices import BirthPrecision, RelationToHead, Sex
from households.models import EthnicGroup
from households.register.services.registering import MemberInput
from households.rules.people.citizen_ids import INVENTED

KINH_FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Võ", "Đinh",
)  # fmt: skip
KINH_MIDDLES = {
    Sex.MALE: ("Văn", "Hữu", "Đức", "Minh", "Công", "Quốc", "Xuân", "Ngọc"),
    Sex.FEMALE: ("Thị", "Thị Thu", "Thị Kim", "Thị Mỹ", "Ngọc", "Thị Hồng", "Bích"),
}
KINH_GIVEN = {
    Sex.MALE: (
        "An", "Bảo", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khoa", "Lâm", "Long", "Nam", "Phúc",
        "Quân", "Sơn", "Tâm", "Thắng", "Toàn", "Tuấn", "Việt", "Vinh",
    ),
    Sex.FEMALE: (
        "Ánh", "Bình", "Chi", "Diệu", "Hà", "Hạnh", "Hoa", "Hương", "Lan", "Liên", "Mai", "Nga",
        "Ngân", "Oanh", "Phượng", "Quỳnh", "Thảo", "Thủy", "Vân", "Yến",
    ),
}  # fmt: skip
# Ba-na and Xơ-đăng men are called A, women Y; there is no family name.
HIGHLAND_GIVEN = {
    Sex.MALE: ("Blưn", "Đeng", "Hrinh", "Khôi", "Lưk", "Nhơn", "Pruk", "Thiu", "Vương", "Xơng"),
    Sex.FEMALE: ("Blim", "Đim", "Hương", "Khuyên", "Loan", "Nghin", "Pur", "Thoa", "Vẽ", "Xen"),
}
HIGHLAND_GROUPS = ("Ba-na", "Xơ-đăng")
# Ages are those of the year in which the register is opened.
REGISTERED_YEAR = 2021
# Every list meets these sooner or later: a name that tests the search, and a long one.
NOTABLE_HEADS = (
    ("Đặng Thị Ủy", Sex.FEMALE),
    ("Hoàng Nguyễn Thị Phương Thảo Bích Trâm Anh", Sex.FEMALE),
    ("Y Hữu Nam", Sex.MALE),
)


@dataclass(frozen=True)
class Family:
    """One invented household before it is registered."""

    members: tuple[MemberInput, ...]
    no_labour_capacity: bool


class Inventor:
    """Invents families from one stream of chance; citizen numbers never repeat."""

    def __init__(self, chance: Random):
        self.chance = chance
        self.groups = {group.name: group for group in EthnicGroup.objects.all()}
        self.numbered = 0

    def family(self, *, highland: bool, notable: int | None = None) -> Family:
        """A family of one to six persons; `notable` picks a head from NOTABLE_HEADS."""
        group = self.chance.choice(HIGHLAND_GROUPS) if highland else "Kinh"
        size = self.chance.choices(range(1, 7), weights=(14, 18, 20, 24, 16, 8))[0]
        if notable is None:
            sex = self.chance.choices((Sex.MALE, Sex.FEMALE), weights=(58, 42))[0]
            head_name = self._name(group, sex)
        else:
            head_name, sex = NOTABLE_HEADS[notable]
        head_age = self.chance.randint(62, 84) if size == 1 else self.chance.randint(27, 66)
        head = self._member(head_name, sex, RelationToHead.HEAD, head_age, group)
        others = [self._other(position, head, head_age, group) for position in range(1, size)]
        return Family((head, *others), no_labour_capacity=size == 1 and head_age >= 65)

    def _other(self, position: int, head: MemberInput, head_age: int, group: str) -> MemberInput:
        family_name = head.full_name.split()[0]
        if position == 1:
            sex = Sex.FEMALE if head.sex == Sex.MALE else Sex.MALE
            age = max(20, head_age + self.chance.randint(-6, 4))
            return self._member(self._name(group, sex), sex, RelationToHead.SPOUSE, age, group)
        sex = self.chance.choice((Sex.MALE, Sex.FEMALE))
        age = max(1, head_age - self.chance.randint(22, 38))
        name = self._name(group, sex, family_name)
        return self._member(name, sex, RelationToHead.CHILD, age, group)

    def _name(self, group: str, sex: Sex, family_name: str | None = None) -> str:
        if group != "Kinh":
            return f"{'A' if sex == Sex.MALE else 'Y'} {self.chance.choice(HIGHLAND_GIVEN[sex])}"
        family_name = family_name or self.chance.choice(KINH_FAMILIES)
        middle = self.chance.choice(KINH_MIDDLES[sex])
        return f"{family_name} {middle} {self.chance.choice(KINH_GIVEN[sex])}"

    def _member(
        self, name: str, sex: Sex, relation: RelationToHead, age: int, group: str
    ) -> MemberInput:
        born = date(REGISTERED_YEAR - age, self.chance.randint(1, 12), self.chance.randint(1, 28))
        only_year = age > 60 and self.chance.random() < 0.4
        return MemberInput(
            full_name=name,
            sex=sex,
            relation=relation,
            birth_date=born.replace(month=1, day=1) if only_year else born,
            birth_precision=BirthPrecision.YEAR if only_year else BirthPrecision.DAY,
            citizen_id=self._citizen_id(born, sex),
            ethnic_group=self.groups[group],
            has_disability=self.chance.random() < 0.05,
            has_merit=age > 55 and self.chance.random() < 0.06,
        )

    def _citizen_id(self, born: date, sex: Sex) -> str:
        self.numbered += 1
        century_and_sex = 2 * (born.year // 100 - 19) + (sex == Sex.FEMALE)
        return f"{INVENTED}{century_and_sex}{born.year % 100:02}{self.numbered:06}"
