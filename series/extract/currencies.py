"""The names of currencies as the press prints them: dollars, yuan, and all others, whose amounts are passed over."""

from __future__ import annotations

USD = "usd|us$|$|usd$|u.s.$|美元|美金|dollar|dollars|us dollar|us dollars|u.s. dollar|u.s. dollars|u.s dollars"
CNY = "元|元人民币|人民币元|人民币|元(人民币)|rmb|cny|yuan|renminbi|¥|￥|rmb yuan|chinese yuan|yuan rmb|yuan renminbi"
OTHER_CHINESE = (
    "欧元|日元|日圆|港元|港币|英镑|韩元|新台币|台币|新元|新加坡元|新加坡币|坡元|澳元|澳大利亚元|澳币|澳门元|澳门币|加元|加拿大元|加币"
    "|新西兰元|纽元|瑞郎|瑞士法郎|法郎|卢布|卢比|印度卢比|泰铢|林吉特|马来西亚林吉特|令吉|比索|菲律宾比索|越南盾|印尼盾|印尼卢比"
    "|雷亚尔|兰特|里亚尔|迪拉姆|克朗|坚戈"
)
OTHER_WORDS = (
    "euro|euros|yen|japanese yen|pounds|pounds sterling|sterling|rupees|indian rupees|won|korean won|south korean won"
    "|baht|thai baht|ringgit|rupiah|pesos|philippine pesos|dong|rubles|roubles|swiss francs|francs|rand|reais|riyals"
    "|dirhams|crores|crore|lakh|hong kong dollars|singapore dollars|singaporean dollars|australian dollars"
    "|canadian dollars|new zealand dollars|taiwan dollars|new taiwan dollars|taiwanese dollars"
)
OTHER_CODES = (
    "sgd|aud|cad|nzd|hkd|twd|ntd|jpy|eur|gbp|krw|inr|chf|rub|thb|myr|php|vnd|idr|mop|brl|zar|rs|rm"
    "|hk$|s$|sg$|a$|au$|c$|ca$|nt$|nz$|r$|mop$|€|£|₹|₩"
)
NAMES = (("usd", USD), ("cny", CNY), ("other", f"{OTHER_CHINESE}|{OTHER_WORDS}|{OTHER_CODES}"))
CURRENCIES = {name: currency for currency, names in NAMES for name in names.split("|")}
AFTER_ONLY = frozenset(("元", "won", "rand", "dong", "francs", "sterling", "pounds", "crore", "crores", "lakh"))
"""Names that stand after an amount and never before it."""
SIGNS = "$¥￥€£₹₩"
"""Names of one sign: they stand before an amount, and after one only where no digit follows ("2021 $130.3bn")."""
