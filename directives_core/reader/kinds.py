"""The kind of an order: a thing to deliver, a report, a fault to remedy, standing work, or one act."""

from __future__ import annotations

import re

from directives_core.reader.draft import Kind

__all__ = ["kind_of", "orders_remedy"]

_REMEDY = re.compile(
    r"(?:\W*(?:khẩn trương|nghiêm túc|tập trung|kịp thời|tổ chức|chỉ đạo|ngay|chủ động|rà soát"
    r"|,)\W*){0,5}(?:khắc phục|chấn chỉnh|rút kinh nghiệm)(?!\w)"
)
_ADVERBS = (
    r"(?:(?:chủ trì|tập trung|khẩn trương|tiếp tục|chủ động|phối hợp với [^,.;]{1,120}(?=,)|đẩy nhanh tiến độ"
    r"|nghiên cứu|tổ chức|có trách nhiệm|đôn đốc|kịp thời|ưu tiên|sớm|rà soát|hoàn thành),? ?(?:và )?){0,6}"
)
_PRODUCTS = (
    r"(?:đề án|kế hoạch|phương án|dự thảo|văn bản|quyết định|tờ trình|báo cáo|quy chế|quy định|quy trình"
    r"|danh sách|danh mục|đồ án|hồ sơ|dự toán"
    r"|lộ trình|giải pháp|chương trình|nghị quyết|hướng dẫn|tổ công tác|tổ kiểm tra|đoàn công tác"
    r"|đoàn kiểm tra|tổ giúp việc|ban chỉ đạo"
    r"|bảng|biểu|lịch|thông tư|nghị định|ý kiến bằng văn bản)"
)
_DELIVERS = re.compile(
    rf"{_ADVERBS}(?:tham mưu (?:(?!tổ chức|triển khai)[^\s.;]+ ){{0,10}}?(?:ban hành|thành lập|{_PRODUCTS})"
    rf"|(?:xây dựng|lập|soạn thảo|dự thảo|hoàn chỉnh|hoàn thiện|trình|ban hành|nộp|công bố|thành lập|gửi|hoàn thành)"
    rf"(?: (?:(?:\d+ )?[^\s.;,]+ ){{0,2}}?)?{_PRODUCTS}|thành lập (?:tổ|đoàn|ban|hội đồng)|có (?:văn bản"
    rf"|ý kiến bằng văn bản|phương án)|phân công)"
)
_REPORTS = re.compile(
    rf"{_ADVERBS}(?:báo cáo|giải trình|(?:gửi|nộp) báo cáo|tổng hợp,? (?:tình hình|kết quả|báo cáo)|gửi (?:danh sách"
    rf"|danh mục|kết quả|số liệu))(?!\w)"
)
_APPROVAL = re.compile(r"xem xét|phê duyệt|ban hành|quyết định|ký|cho ý kiến")
_PRODUCED = re.compile(
    rf"(?:đề xuất|xây dựng|lập|trình|nộp|hoàn thiện|hoàn chỉnh)[^.;]{{0,60}}(?:{_PRODUCTS})|\d+ (?:đề án"
    rf"|kế hoạch|dự thảo)|nộp hồ sơ"
)
_STANDING = re.compile(
    r"(?:tiếp tục|tăng cường|đẩy mạnh|duy trì|thường xuyên|theo dõi|nâng cao|thực hiện|triển khai|tập trung"
    r"|chủ động|quản lý|bảo đảm|đảm bảo|phát huy"
    r"|giữ vững|bám sát|nắm|tuyên truyền|đôn đốc|quan tâm|chú trọng|kiên quyết|tuyệt đối)(?!\w)"
)
#: An order's kind shows in its beginning.
_READ = 1500


def kind_of(low: str, *, remedies: bool, routed: bool, via: bool, due: bool, recurring: bool) -> Kind:
    """Return the kind of an order from its words, beginning with its predicate, and from what was read of it."""
    words = low[:_READ].lstrip(" ,:.-")
    if remedies or _REMEDY.match(words):
        return "remedy"
    first = re.split(r"[.;](?: |$)", words, maxsplit=1)[0]
    if _REPORTS.match(words) and not (_APPROVAL.search(first) and not via):
        return "report"
    if recurring and re.search(r"báo cáo|gửi số liệu|cung cấp số liệu", words):
        return "report"
    if _DELIVERS.match(words) or re.match(r"\d{1,3} (?:đề án|kế hoạch|dự thảo|báo cáo)", words):
        return "deliverable"
    if re.search(r"(?<!\w)(?:báo cáo|trình)(?: [^\s.;]+){1,9} (?:xem xét|phê duyệt|ký|ban hành)", words) and not via:
        return "deliverable"
    if via and not re.search(r"(?<!\w)nộp hồ sơ", words):
        return "report"
    if routed and due and "báo cáo" in words and not _PRODUCED.search(words):
        return "report"
    if routed and re.search(r"(?<!\w)trình(?!\w)", words):
        return "deliverable"
    if _PRODUCED.search(words) and (routed or due):
        return "deliverable"
    return "standing" if _STANDING.match(words) and not due else "one-off"


def orders_remedy(low: str) -> bool:
    """Say whether the words before a list of faults order to remedy them."""
    return bool(re.search(r"(?:khắc phục|chấn chỉnh|rút kinh nghiệm)[^.;]{0,120}$", low))
