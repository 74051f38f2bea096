"""A photo nobody took: a boiler drawn with a few shapes."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

SIZE = (640, 480)
WALL, CASE, DARK, PIPE, FLAME = "#d9d4c7", "#f4f4f2", "#4a4f55", "#b07a4a", "#3b6fb5"


def boiler() -> bytes:
    """Return the drawing as a JPEG."""
    image = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(image)
    for x in (270, 310, 350):
        pen.rectangle((x, 380, x + 14, 480), fill=PIPE)
    pen.rectangle((300, 0, 340, 60), fill=CASE, outline=DARK, width=3)
    pen.rounded_rectangle((210, 60, 430, 380), radius=18, fill=CASE, outline=DARK, width=4)
    pen.rectangle((240, 290, 400, 350), fill=DARK)
    pen.ellipse((306, 306, 334, 334), fill=FLAME)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
