import pytest

from policy_corpus.codes.regions import region_of_authority
from policy_corpus.model import Level


@pytest.mark.parametrize(
    ("name", "hint", "level", "code"),
    [
        ("九江市工业和信息化局", None, Level.CITY, "360400"),
        ("市工信局", "360403", Level.CITY, "360400"),
        ("市工信局", "110105", Level.PROVINCE, "110000"),
        ("省财政厅", "360403", Level.PROVINCE, "360000"),
        ("省财政厅", None, Level.PROVINCE, None),
        ("区发展和改革委员会", "110105", Level.COUNTY, "110105"),
        ("县工信局", None, Level.COUNTY, None),
        ("国务院办公厅", None, Level.NATIONAL, None),
        ("财政部 税务总局", None, Level.NATIONAL, None),
        ("工业和信息化部办公厅", None, Level.NATIONAL, None),
        ("国家发展改革委", None, Level.NATIONAL, None),
        ("中共中央 国务院", None, Level.NATIONAL, None),
        ("国家税务总局九江市税务局", None, Level.CITY, "360400"),
        ("通化市柳河县人民政府办公室", None, Level.COUNTY, "220524"),
        ("中共九江市委员会", None, Level.CITY, "360400"),
        ("江西省工业和信息化厅、江西省财政厅", None, Level.PROVINCE, "360000"),
        ("上海市经济信息化委", None, Level.PROVINCE, "310000"),
        ("高新区管委会", "360400", Level.COUNTY, "360400-HT"),
        ("苏州工业园区管理委员会", None, Level.COUNTY, "320500-IP"),
        ("鼓楼区人民政府", None, Level.COUNTY, None),
        ("鼓楼区人民政府", "350100", Level.COUNTY, "350102"),
        ("某行业协会", None, None, None),
        ("", None, None, None),
    ],
)
def test_authorities_have_a_level_and_a_region(
    name: str, hint: str | None, level: Level | None, code: str | None
) -> None:
    found = region_of_authority(name, hint)
    assert found.level == level
    assert (found.region.code if found.region else None) == code
