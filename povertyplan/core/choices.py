"""Closed vocabularies of the house: stored English value, Vietnamese label. No logic."""

from django.db.models import TextChoices


class AreaKind(TextChoices):
    """Level of an area (cấp địa bàn) in the one tree of areas."""

    PROVINCE = "province", "Tỉnh, thành phố"
    DISTRICT = "district", "Huyện, quận, thị xã"
    WARD = "ward", "Phường, xã, đặc khu"
    VILLAGE = "village", "Thôn, tổ dân phố"


class Setting(TextChoices):
    """Kind of area an income line applies to (khu vực)."""

    RURAL = "rural", "nông thôn"
    URBAN = "urban", "thành thị"


class JobState(TextChoices):
    """How far a piece of long work is (tình trạng việc chạy nền)."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không xong"


class Role(TextChoices):
    """What a grant lets a user do (vai trò)."""

    ADMINISTRATOR = "administrator", "Quản trị hệ thống"
    COORDINATOR = "coordinator", "Cán bộ giảm nghèo"
    ENTRY_OFFICER = "entry_officer", "Rà soát viên"
    UNIT_REPORTER = "unit_reporter", "Cán bộ đơn vị"
    LEADER = "leader", "Lãnh đạo Ủy ban nhân dân"
    OBSERVER = "observer", "Người giám sát"


class UnitKind(TextChoices):
    """Kind of organisation that can be given a task (loại đơn vị)."""

    DEPARTMENT = "department", "Phòng"
    OFFICIAL = "official", "Công chức"
    STATION = "station", "Trạm, trung tâm"
    FRONT = "front", "Mặt trận Tổ quốc, đoàn thể"
    BANK = "bank", "Ngân hàng"
    COMMITTEE = "committee", "Ban chỉ đạo"
    VILLAGE_HEAD = "village_head", "Thôn, tổ dân phố"
    COMMITTEE_OFFICE = "committee_office", "Ủy ban nhân dân"
