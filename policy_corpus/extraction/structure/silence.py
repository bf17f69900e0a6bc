"""Sentences that speak to nobody who applies: penalties, duties of departments, money pools, reports, help to persons.

Called by passages.
"""

from __future__ import annotations

import re

from policy_corpus.extraction.structure.duties import puts_duty, tells_steps
from policy_corpus.extraction.structure.persons import gives_to_persons

_PENALTY = re.compile(
    r"罚款|责令|没收|追回|追究|吊销|处以|依法给予处分|刑事责任|(?<!无)(?<!未)(?<!没有)(?:骗取|弄虚作假)|虚假(?:申报|材料)|违约金|取消其?(?:资格|称号)|予以处罚|行政处分|撤销(?:其|认定)|"
    r"收回(?:资金|奖励)|列入黑名单|将?所获[^，；]{0,10}资金[^，；]{0,6}退[回还]|违反承诺|(?:应当?|须|需|必须)(?:全额|如数|予以|主动)?(?:退回|退还|缴回)"
)
_OFFICE = (
    r"各(?:区|县|市|镇|级|有关|部门|地|银行|单位)|市(?:级)?财政|省财政|财政部门|主管部门|有关部门|相关部门|税务总局|中央财政|责任单位|牵头单位|"
    r"人力资源社会保障部门|[\u4e00-\u9fff]{2,12}(?:局|厅|委员会|办公室|部(?!门|件|分|位|队)|管委会|人民政府|政府)"
)
_DUTY = re.compile(
    rf"^(?:[\u4e00-\u9fff]{{0,4}})?(?:{_OFFICE})[^，。对]{{0,30}}?(?:负责|(?<![主重需])要(?!求)|应当?(?!缴)|会同|加强|统筹|做好|确保|组织开展)"
)
_GRANTS = re.compile(r"对[^，。]{2,60}(?:企业|单位|机构|项目)[^。]{0,80}(?:给予|予以|奖励|补|免)")
_POOL = re.compile(
    r"(?:设立|安排|建立|统筹)[^，；。]{0,24}(?:专项资金池|资金池|预算)|设立[^，；。]{0,20}基金|转移支付|库款|资金规模|母基金|资金预计为|预计减少"
)
# "对考核优秀的县（市、区）政府，奖励工作经费": from one authority to another
_AUTHORITIES_PAID = re.compile(
    r"^(?:对|给予)[^，；。企业]{0,30}(?:政府|管委会|乡镇|街道|县（市、区）|区县|部门)(?:的)?，?(?:给予|予以|按|奖励|通报)"
)
_SHARED_COST = re.compile(r"(?:财政|两级|三级)[^，；。]{0,8}(?:各|分别|按[^，；。]{0,10})(?:承担|分担|负担)")
_PERSONS = (
    "医务人员|医护人员|防疫工作者|工作相关人员|相关人员|患者|居民|学生|家庭|困难群众|低保对象|低保|职工本人|参保人员|"
    "劳动者|残疾人|老年人|贫困劳动力|贫困户|劳动力|毕业生|农民工|农村劳动力经纪人"
)
PERSONS = re.compile(_PERSONS)
"""Natural persons whom a benefit may be for."""
_TO_PERSONS = re.compile(
    rf"(?:{_PERSONS})(?:等)?，?(?:按|可|再|均)?[^，。企]{{0,14}}(?:每人每[天日月]|给予|发放|补助|补贴|资助|享受)|(?:{_PERSONS})[^，；。]{{0,10}}，(?:给予|发放|提高)"
)
_COMPANY = re.compile(r"企业|单位|机构|公司|商户|主体|园区|平台|合作社|基地|工厂|纳税人")
_TO_COMPANY = re.compile(r"[^，；。\d]{0,8}(?:企业|单位|机构|公司|主体)")  # …毕业生，给予|软件企业补贴1000元
_BODY = re.compile(
    rf"{_COMPANY.pattern}|组织|个体|法人|载体|孵化|中心|设施|门店|饭堂|食堂|高校(?!毕业|在读|学生)|(?:院校|学校)(?!毕业|学生|、|就读|在读|学年)|车间|协会|商会|联盟|院所|研究院|农场"
)
_THINGS = re.compile(r"专利|商标")
# "在示例基地入驻企业连续就业满1年的毕业生": where a person works is not who is given something.
_WORKPLACE = re.compile(
    r"(?:到|在|与|由|经)[^，；。]{2,36}?(?:就业|实习|工作|任职|见习|上班|参加|签订|入职|认定|确认)"
)
_ALSO_PERSONS = f"{_PERSONS}|失业人员|失业青年|在校生|遗属|特困人员|失能人员|求职者|职工|就业困难人员|灵活就业人员|港澳青年"
_PERSON_FIRST = re.compile(rf"^(?:网址：[^，。；]{{1,90}})?[^，；。企单机公]{{0,40}}?(?:{_ALSO_PERSONS})")
# What was done and counted is told of, not offered.
_REPORTED = re.compile(
    r"^(?:截至目前|目前[，]?已|据[^，。]{2,16}(?:介绍|统计|了解)|“?据(?:初步)?测算|报道称|通知要求)|报道称|惠及[^，。]{2,16}\d|幅度从[^，；]{1,12}不等|统计显示|不完全统计|(?:已有|累计|共有|共计)[^，；]{0,10}\d[^，；]{0,8}(?:户|家|个|名)[^，；]{0,10}(?:收到|享受|获得|受益|拿到|领取)|再次感谢|表示感谢"
)
# Calls on others and among departments: nothing that an applicant could ask for.
_AMONG_OFFICES = re.compile(
    r"^鼓励(?:有条件的)?(?:各)?(?:区|县|市|地方|地区|镇街)[^，；]{0,16}(?:给予|提供|出台)[^，；]{0,16}$|"
    r"对(?:地方财政|各(?:市|区|县|地)|市县|[^，；。]{0,16}的(?:区|县|市县|省份|地区|地方))[，按给予]|"
    r"对[^，；。]{2,24}(?:政府|管委会|镇街|主管部门)[，给予]|"
    r"(?:争取|协助)[^，；。]{0,30}(?:减免|支持|优惠|贴息)|中央(?:投资|财政)(?:补助标准|与地方)|国家继续安排|"
    r"(?:当地|地方|各级)财政要|向[^，；。]{0,20}(?:市县|地区|省份)倾斜|报[^，；。]{0,24}备案后执行"
)
# "所需资金由区级财政承担", "涉税支出由企业自行承担": who bears a cost.
_BEARS = re.compile(
    r"(?:资金|经费|支出|缺口|不足)[^，；。]{0,24}由[^，；。]{1,24}(?:承担|负担|列支|解决|垫付)|所需(?:资金|经费)，?由[^，；。]{0,10}财政[^，；。]{0,6}安排|自行承担|^个人缴费(?:标准|费率)|由[^，；。]{0,10}(?:申请人|个人|基金|地方|财政部门)[^，；。]{0,10}(?:承担|垫付)"
)
# "对成绩突出的单位和个人给予表彰和奖励": honours that a law promises at large and nobody can apply for.
_HONOURS = re.compile(
    r"(?:单位|集体|组织|企业)[和、或与及](?:先进)?(?:个人|人员)[^，；。]{0,8}，?[^，；。]{0,12}(?:表彰|表扬|嘉奖|记功)|人员[^，；。]{0,6}表彰"
)
_GIVING = re.compile("给予|予以|发放|领取|享受|补[助贴]|资助|奖励|免|减|优惠|优先|倾斜|可申请|提取")
# "个人向示例灾区的捐赠支出，允许扣除": of nobody but a natural person.
_PERSON_ALONE = re.compile(r"^对?个人(?:向|通过|直接|购买|取得|按照|捐赠)")
_QUESTION = re.compile(r"(?:吗|呢|多少[^，。]{0,4}|如何[^，。]{0,12}|怎么[^，。]{0,12})$")
# "代理资助在每年第一批项目中受理，本批不予受理": when a thing is dealt with, not who is refused
_SCHEDULE = re.compile(
    r"(?:资助|补贴|补助|奖励|申报|项目)[^，；。]{0,16}在[^，；。]{2,20}(?:批|次|期|月)[^，；。]{0,14}受理"
)
_NOTHING_GIVEN = (_REPORTED, _AMONG_OFFICES, _BEARS, _QUESTION, _HONOURS, _PERSON_ALONE)


def says_nothing(sentence: str, *, asked: bool = False) -> bool:
    """Penalties, duties of departments, money pools, reports, who bears a cost, help to persons alone.

    asked: the sentence stands in a list of conditions.

    >>> says_nothing("骗取补贴的，追回资金并罚款三万元"), says_nothing("对首次升规的企业奖励10万元")
    (True, False)
    >>> says_nothing("对年度考核优秀的县（市、区）政府，给予20万元奖励")
    True
    >>> says_nothing("对成绩突出的单位和个人，应给予表彰和奖励")
    True
    >>> says_nothing("对参加防治工作的医务人员，给予每人每天300元补助")
    True
    >>> says_nothing("所需资金由区级财政承担"), says_nothing("费用由市科技局给予全额补助")
    (True, False)
    >>> says_nothing("在示例园区入驻企业就业满1年的毕业生，可领取每人每月500元补贴")
    True
    """
    if _PENALTY.search(sentence) or _SHARED_COST.search(sentence) or tells_steps(sentence):
        return True
    if _SCHEDULE.search(sentence):
        return True
    if _POOL.search(sentence) and not asked:  # in a list of conditions a fund is the applicant's own
        return True
    if _AUTHORITIES_PAID.match(sentence):
        return True
    if _DUTY.match(sentence) and not _GRANTS.search(sentence):
        return True
    if asked:  # whatever else a list of conditions says is asked
        return False
    if any(p.search(sentence) for p in _NOTHING_GIVEN) or puts_duty(sentence):
        return True
    if gives_to_persons(sentence):
        return True
    persons = _TO_PERSONS.search(sentence)
    if (
        persons
        and not _COMPANY.search(sentence[: persons.end()])
        and not _TO_COMPANY.match(sentence, persons.end())
    ):
        return True
    if not _GIVING.search(sentence):  # 拖欠农民工工资的: asked of a company, given to nobody
        return False
    told = _WORKPLACE.sub("", sentence)
    return bool(_PERSON_FIRST.match(told)) and not _BODY.search(told)


def names_body(sentence: str) -> bool:
    """Whether a sentence names a company, another body that can apply (机构、平台 …) or what it asks for (专利)."""
    return bool(_BODY.search(sentence) or _THINGS.search(sentence))
