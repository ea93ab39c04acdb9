"""Goods for measuring: Chinese words, two English words and a size, as in a mixed shop."""

from __future__ import annotations

import random
from collections.abc import Iterator

from models.goods.codes import check_digit


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


_FIRST = words(
    "红烧 香辣 麻辣 清炖 老坛 酸菜 番茄 鲜虾 海鲜 五香 原味 草莓 蓝莓 芒果 蜂蜜 柠檬 绿茶 "
    "红茶 乌龙 茉莉 纯净 天然 有机 高钙 低脂 全脂 脱脂 无糖 低糖 黑糖 冰糖 陈皮 山楂 核桃 "
    "花生 芝麻 杏仁 腰果 开心 瓜子 玫瑰 薄荷 竹炭 深层 清爽 柔顺 去屑 滋养 保湿 美白 防晒 "
    "儿童 婴儿 孕妇 中老 男士 女士 家用 便携 加厚 超薄 抗菌 除螨 速溶 现磨 手工 农家 高山 "
    "深海"
)
_LAST = words(
    "牛肉面 拌面 米粉 饼干 面包 蛋糕 巧克力 糖果 薯片 果冻 牛奶 酸奶 豆浆 矿泉水 可乐 果汁 "
    "啤酒 白酒 葡萄酒 黄酒 酱油 陈醋 食盐 味精 花椒 辣椒 大米 面粉 挂面 食用油 洗发水 沐浴露 "
    "香皂 牙膏 牙刷 毛巾 纸巾 卫生纸 洗衣液 洗洁精 垃圾袋 保鲜膜 电池 灯泡 插座 雨伞 拖鞋 "
    "袜子 铅笔 本子 胶带 剪刀 茶杯 饭盒 水壶 火腿肠 午餐肉 鱼罐头 榨菜 豆腐乳 木耳 香菇 紫菜 "
    "粉丝"
)
_BRAND = words(
    "长城 康乐 福满 金龙 银鹭 雪花 青岛 蓝月 白猫 双喜 三元 光明 伊利 蒙古 太白 华山 长江 "
    "黄河 东方 南海 北极 天山 海天 李锦 统一 旺仔 达利 徐记 盼盼 好丽"
)
_ENGLISH = words(
    "fresh golden royal happy green blue silver daily pure rich soft clean bright sweet spicy "
    "crispy classic original premium natural organic super family mini value extra smart easy "
    "quick magic star sun moon ocean river mountain garden forest valley harvest "
)
_SIZES = words(
    "100g 200g 250g 500g 1kg 5kg 250ml 330ml 500ml 750ml 1l 2l 6x330ml 12x500ml 24x500ml "
)


def barcode(number: int) -> str:
    """A Chinese EAN-13 with a right check digit."""
    payload = f"69{number:010d}"
    return payload + check_digit(payload)


def goods(count: int, seed: int = 1) -> Iterator[tuple[str, str, str]]:
    """Code, bar code and name of so many items, always the same ones."""
    chance = random.Random(seed)
    for number in range(count):
        chinese = chance.choice(_BRAND) + chance.choice(_FIRST) + chance.choice(_LAST)
        if chance.random() < 0.3:
            chinese = chinese[2:]
        english = f"{chance.choice(_ENGLISH)} {chance.choice(_ENGLISH)}"
        yield f"{number:07d}", barcode(number), f"{chinese} {english} {chance.choice(_SIZES)}"
