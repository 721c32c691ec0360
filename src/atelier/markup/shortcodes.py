"""`:rocket:` and its like: the names GitHub gives to emoji."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NAMES = """
+1 thumbsup 👍|-1 thumbsdown 👎|100 💯|1234 🔢|8ball 🎱|a 🅰|abc 🔤|alembic ⚗️|ambulance 🚑|angry 😠
apple 🍎|arrow_down ⬇️|arrow_forward ▶️|arrow_heading_down ⤵️|arrow_heading_up ⤴️|arrow_left ⬅️
arrow_right ➡️|arrow_up ⬆️|arrow_up_down ↕️|arrows_counterclockwise 🔄|art 🎨|b 🅱|baby_chick 🐤
back 🔙|balloon 🎈|ballot_box_with_check ☑️|bangbang ‼️|bar_chart 📊|battery 🔋|beer 🍺|beers 🍻|bell 🔔
blue_book 📘|blue_heart 💙|blush 😊|books 📚|boom collision 💥|bow 🙇|brain 🧠|broken_heart 💔
building_construction 🏗️|bulb 💡|bust_in_silhouette 👤|busts_in_silhouette 👥|calendar 📆|camera 📷
card_file_box 🗃️|chart 💹|children_crossing 🚸|clap 👏|clock 🕰️|cloud ☁️|clown_face 🤡|coffee ☕
computer 💻|confetti_ball 🎊|confused 😕|construction 🚧|construction_worker 👷|cool 🆒|copyright ©️
crab 🦀|credit_card 💳|cry 😢|crying_cat_face 😿|cyclone 🌀|date 📅|dizzy 💫|dollar 💵|drooling_face 🤤
droplet 💧|eight 8️⃣|email envelope ✉️|exclamation heavy_exclamation_mark ❗|expressionless 😑
eyeglasses 👓|facepunch 👊|feet paw_prints 🐾|fire 🔥|fireworks 🎆|five 5️⃣|four 4️⃣|fr 🇫🇷|free 🆓
frowning 😦|gb uk 🇬🇧|gear ⚙️|gift 🎁|globe_with_meridians 🌐|goal_net 🥅|green_apple 🍏|green_book 📗
green_heart 💚|grin 😁|grinning 😀|guitar 🎸|hammer_and_wrench 🛠️|hand raised_hand ✋|handshake 🤝
hankey poop shit 💩|hash #️⃣|heart ❤️|heart_eyes 😍|heartpulse 💗|heavy_check_mark ✔️
heavy_minus_sign ➖|heavy_multiplication_x ✖️|heavy_plus_sign ➕|hotsprings ♨️|hourglass ⌛|hugs 🤗
hushed 😯|information_desk_person 💁|information_source ℹ️|innocent 😇|interrobang ⁉️|iphone 📱
jack_o_lantern 🎃|joy 😂|jp 🇯🇵|keyboard ⌨️|keycap_ten 🔟|kissing_heart 😘|label 🏷️
laughing satisfied 😆|leaves 🍃|ledger 📒|link 🔗|lipstick 💄|lock 🔒|loud_sound 🔊|loudspeaker 📢|mag 🔍
mag_right 🔎|mailbox 📫|mega 📣|memo pencil 📝|mending_heart ❤️‍🩹|money_with_wings 💸|monkey_face 🐵
monocle_face 🧐|moon 🌔|mortar_board 🎓|mountain 🏔|muscle 💪|musical_note 🎵|necktie 👔|neutral_face 😐
new 🆕|nine 9️⃣|no_entry ⛔|no_entry_sign 🚫|notebook 📓|notes 🎶|octocat 🐙|ok 🆗|ok_hand 👌|one 1️⃣
open_book book 📖|open_file_folder 📂|open_mouth 😮|orange_book 📙|package 📦|page_facing_up 📄
page_with_curl 📃|palm_tree 🌴|paperclip 📎|partying_face 🥳|pensive 😔|penguin 🐧|pencil2 ✏️
point_down 👇|point_left 👈|point_right 👉|point_up ☝️|point_up_2 👆|pray 🙏|purple_heart 💜|pushpin 📌
question ❓|rabbit 🐰|racehorse 🐎|rage 😡|rainbow 🌈|raised_hands 🙌|raising_hand 🙋|recycle ♻️
red_circle 🔴|registered ®️|relaxed ☺️|relieved 😌|repeat 🔁|rewind ⏪|robot 🤖|rocket 🚀|rofl 🤣
rotating_light 🚨|round_pushpin 📍|runner running 🏃|scream 😱|see_no_evil 🙈|seedling 🌱|seven 7️⃣
shield 🛡️|ship 🚢|shrug 🤷|six 6️⃣|skull 💀|small_blue_diamond 🔹|small_orange_diamond 🔸|smile 😄
smiley 😃|smirk 😏|snail 🐌|snake 🐍|snowflake ❄️|sob 😭|soon 🔜|sos 🆘|sparkle ❇️|sparkler 🎇
sparkles ✨|sparkling_heart 💖|speech_balloon 💬|star ⭐|star2 🌟|stars 🌠|stop_sign 🛑|stopwatch ⏱️
stuck_out_tongue 😛|sunglasses 😎|sunny ☀️|sweat 😓|sweat_smile 😅|tada 🎉|thinking 🤔|thought_balloon 💭
three 3️⃣|tm ™️|tools 🛠|tractor 🚜|triangular_flag_on_post 🚩|triumph 😤|trollface 😈|truck 🚚|tv 📺
two 2️⃣|umbrella ☔|unamused 😒|unicorn 🦄|unlock 🔓|up 🆙|us 🇺🇸|v ✌️|vertical_traffic_light 🚦
video_camera 📹|vs 🆚|warning ⚠️|wastebasket 🗑️|watch ⌚|wave 👋|wavy_dash 〰️|wheelchair ♿|whale 🐳
whale2 🐋|white_check_mark ✅|wine_glass 🍷|wink 😉|wolf 🐺|worried 😟|wrench 🔧|writing_hand ✍️|x ❌
yellow_heart 💛|yum 😋|zap ⚡|zero 0️⃣|zzz 💤
"""
"""What Unicode calls otherwise, or spells with several signs: names, then the emoji."""
_FIRST_EMOJI = 0x2300


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    entries = [entry.split() for entry in _NAMES.replace("\n", "|").split("|") if entry]
    return {name: signs for *names, signs in entries for name in names}


@lru_cache(maxsize=512)
def emoji(name: str) -> str:
    """The emoji called `name` (without the colons), empty where there is none: most are named as Unicode does."""
    if found := _named().get(name):
        return found
    if not name[:1].isalpha():
        return ""
    for spelling in (name, f"{name}_face", f"{name}_sign"):
        try:
            sign = unicodedata.lookup(spelling.replace("_", " "))
        except KeyError:
            continue
        if len(sign) == 1 and ord(sign) >= _FIRST_EMOJI and unicodedata.category(sign) == "So":
            return sign
    return ""
