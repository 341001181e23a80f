"""The words that offices write at the heads of columns and into the column of statuses."""

from directives_core.adopting.columns import Column, Status

__all__ = ["HEADS", "KINDS", "LABEL_HEADS", "STATUSES"]

HEADS: dict[Column, tuple[str, ...]] = {
    "text": (
        "nội dung chỉ đạo", "nội dung nhiệm vụ", "nội dung công việc", "nội dung giao", "nội dung",
        "nhiệm vụ được giao", "nhiệm vụ", "công việc", "directive", "order", "task", "content",
    ),
    "lead": (
        "đơn vị chủ trì", "cơ quan chủ trì", "cơ quan, đơn vị chủ trì", "chủ trì", "đơn vị thực hiện",
        "cơ quan thực hiện", "đơn vị được giao", "cơ quan được giao", "đơn vị", "lead unit", "responsible unit",
        "responsible", "assignee", "lead", "unit",
    ),
    "cooperating": ("đơn vị phối hợp", "cơ quan phối hợp", "phối hợp", "cooperating units", "cooperating", "support"),
    "assigned_on": ("ngày giao", "ngày giao việc", "thời gian giao", "assigned on", "date assigned", "assigned"),
    "due": (
        "thời hạn hoàn thành", "thời hạn thực hiện", "thời hạn", "hạn hoàn thành", "hạn xử lý", "thời gian hoàn thành",
        "hạn", "due date", "due day", "due on", "due", "deadline",
    ),
    "extended_to": (
        "gia hạn đến", "gia hạn", "thời hạn điều chỉnh", "thời hạn gia hạn", "hạn mới", "extended to", "new deadline",
    ),
    "extended_on": ("ngày gia hạn", "ngày điều chỉnh", "extended on"),
    "extension_source": ("văn bản gia hạn", "văn bản điều chỉnh", "extension document"),
    "status": (
        "trạng thái", "tình trạng", "tình hình thực hiện", "tiến độ thực hiện", "tiến độ", "kết quả thực hiện",
        "status",
    ),
    "delivered_on": (
        "ngày hoàn thành", "ngày báo cáo", "thời gian hoàn thành thực tế", "hoàn thành ngày", "ngày kết thúc",
        "completed on", "delivered on", "done on", "date completed",
    ),
    "result": (
        "văn bản báo cáo", "văn bản kết quả", "số văn bản báo cáo", "văn bản hoàn thành", "sản phẩm", "kết quả",
        "result", "result document",
    ),
    "report_to": ("báo cáo cho", "nơi nhận báo cáo", "nơi báo cáo", "report to"),
    "via": ("báo cáo qua", "thông qua", "qua đơn vị", "via", "through"),
    "kind": ("loại nhiệm vụ", "loại", "kind"),
    "source": (
        "văn bản giao", "số văn bản giao", "số, ký hiệu", "số ký hiệu", "số văn bản", "văn bản chỉ đạo", "văn bản",
        "thông báo số", "căn cứ", "source", "document",
    ),
    "source_date": ("ngày văn bản", "ngày ban hành", "ngày tháng văn bản", "document date"),
    "issuer": ("cơ quan ban hành", "đơn vị ban hành", "cơ quan giao", "issuer"),
    "note": ("ghi chú", "notes", "note", "remarks"),
    "number": ("stt", "tt", "số tt", "số thứ tự", "mã nhiệm vụ", "no.", "no"),
}  # fmt: skip
"""The longest that fits a head wins, and of two heads the one that it fits whole."""

LABEL_HEADS: dict[str, tuple[str, ...]] = {
    "field": ("lĩnh vực", "field"),
    "leader": ("lãnh đạo chỉ đạo", "lãnh đạo phụ trách", "người giao", "lãnh đạo", "leader"),
    "officer": ("chuyên viên theo dõi", "cán bộ theo dõi", "người theo dõi", "chuyên viên", "officer"),
    "urgency": ("độ khẩn", "mức độ", "urgency", "priority"),
}
"""Heads of columns that are proposed as labels."""

STATUSES: dict[Status, tuple[str, ...]] = {
    "completed": (
        "hoàn thành", "đã hoàn thành", "đã xong", "xong", "hoàn thành đúng hạn", "hoàn thành trước hạn",
        "hoàn thành quá hạn", "hoàn thành trễ hạn", "đã hoàn thành đúng hạn", "đã hoàn thành quá hạn", "đã báo cáo",
        "đã thực hiện", "kết thúc", "100%", "completed", "done", "complete",
    ),
    "open": (
        "chưa hoàn thành", "đang thực hiện", "đang triển khai", "đang xử lý", "chưa thực hiện", "chưa triển khai",
        "chưa báo cáo", "trong hạn", "còn hạn", "quá hạn", "trễ hạn", "sắp đến hạn", "đến hạn", "chưa đến hạn",
        "mới giao", "thường xuyên", "chưa hoàn thành trong hạn", "chưa hoàn thành quá hạn", "in progress", "open",
        "pending", "overdue", "not started",
    ),
    "suspended": ("tạm dừng", "tạm hoãn", "suspended", "on hold"),
    "withdrawn": ("thu hồi", "hủy", "huỷ", "hủy bỏ", "đã hủy", "không thực hiện", "withdrawn", "cancelled", "canceled"),
}  # fmt: skip

KINDS: dict[str, tuple[str, ...]] = {
    "deliverable": ("sản phẩm", "deliverable"),
    "report": ("báo cáo", "report"),
    "remedy": ("khắc phục", "remedy"),
    "standing": ("thường xuyên", "standing"),
    "one-off": ("một lần", "đột xuất", "one-off"),
}
