"""How the HTML report looks. No font, picture or rule comes from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Final

__all__ = ["CSS", "POLICY"]

CSS: Final = """
:root{--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--paper:#fff;--pale:#f5f7fa;
--critical:#7a0019;--high:#b3261e;--medium:#8a5a00;--low:#37566e;--in:#b3261e;--own:#1f5fa8;--out:#8a5a00}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem;color:var(--ink);background:var(--paper);
font:16px/1.55 system-ui,"Segoe UI","Hiragino Sans","Noto Sans CJK JP","Noto Sans JP",Meiryo,sans-serif}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--ink)}
h3{font-size:1rem;margin:0}p{margin:.25rem 0}.soft{color:var(--soft);font-size:.9rem}
ol{margin:.5rem 0;padding-left:1.5rem}li{margin:.25rem 0}
.counts{display:flex;gap:.5rem;flex-wrap:wrap;margin:1rem 0;padding:0;list-style:none}
.counts li{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .8rem;margin:0}
.counts b{font-size:1.3rem;margin-right:.35rem}
.cause{border:1px solid var(--line);border-left:.4rem solid var(--soft);border-radius:.3rem;margin:1rem 0;
padding:.8rem 1rem;break-inside:avoid-page}
.cause.critical{border-left-color:var(--critical)}.cause.high{border-left-color:var(--high)}
.cause.medium{border-left-color:var(--medium)}.cause.low{border-left-color:var(--low)}
.badge{display:inline-block;color:#fff;background:var(--soft);border-radius:.25rem;padding:0 .45rem;font-size:.8rem;
font-weight:600;vertical-align:.1em;margin-right:.4rem}
.badge.critical{background:var(--critical)}.badge.high{background:var(--high)}.badge.medium{background:var(--medium)}
.badge.low{background:var(--low)}
.spot{border-top:1px solid var(--line);margin-top:.6rem;padding-top:.5rem;overflow-wrap:anywhere}
code,.words{font-family:ui-monospace,"SF Mono",Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK JP",monospace;
font-size:.88rem}
.words{display:block;background:var(--pale);border-radius:.3rem;padding:.4rem .6rem;margin-top:.3rem}
table{border-collapse:collapse;width:100%;font-size:.93rem}th,td{text-align:left;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
svg{display:block;max-width:100%;height:auto;margin:.75rem 0}
svg text{font:13px system-ui,"Segoe UI","Hiragino Sans","Noto Sans CJK JP","Noto Sans JP",Meiryo,sans-serif;
fill:var(--ink)}
svg .small{font-size:11px;fill:var(--soft)}.box{fill:var(--pale);stroke:var(--soft)}.box.high,.box.critical{
stroke:var(--high);stroke-width:2.5}.box.medium{stroke:var(--medium);stroke-width:2.5}.agent{fill:#fff;
stroke:var(--ink);stroke-width:2}
.flow{fill:none;stroke-width:2}.flow.outside{stroke:var(--in);stroke-dasharray:6 4}.flow.private{stroke:var(--own)}
.flow.outward{stroke:var(--out)}.head.outside{fill:var(--in)}.head.private{fill:var(--own)}.head.outward{
fill:var(--out)}
@media print{body{max-width:none;padding:0;font-size:11pt}h2{break-after:avoid}.badge,.box,.cause{
print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""

_DIGEST: Final = b64encode(sha256(CSS.encode()).digest()).decode()

POLICY: Final = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
"""What the page may load: nothing but this one style sheet, which stands in it."""
