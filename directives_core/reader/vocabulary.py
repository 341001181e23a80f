"""The words of notices: heads of unit names, classes of units, offices of persons, verbs that order and that do not."""

from __future__ import annotations

import re

__all__ = [
    "CLASS_NOUNS",
    "COMMITTEE_OF",
    "COMPOUNDS",
    "DECIDES",
    "LEVELS",
    "NAMED_HEADS",
    "NARRATES",
    "NOMINAL",
    "OFFICES",
    "SELF_HEADS",
    "STOPS",
    "TAILS",
    "TELLS",
    "VERBS",
    "alternation",
    "starts_with_verb",
]


def alternation(words: tuple[str, ...] | frozenset[str]) -> str:
    """Return a regular expression for any of `words`, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(";" if ";" in text else ",") if word.strip())


#: Administrative levels; a place name follows them, and in the name of a unit they may stand alone.
LEVELS = _words(
    "xã, phường, thị trấn, đặc khu, huyện, quận, thị xã, thành phố, tỉnh, khu vực, trung ương, việt nam, khu"
)

#: Places that, when they are given an order, mean their people's committee.
COMMITTEE_OF = _words("xã, phường, thị trấn, đặc khu, huyện, quận, thị xã, thành phố, tỉnh")

#: Heads that make a unit only together with a name: "Sở Tài chính", "Phân xưởng 2".
NAMED_HEADS = _words(
    "sở, phòng, ban, bộ, vụ, cục, tổng cục, chi cục, viện, học viện, trường, trường đại học, trường cao đẳng, khoa, hội"
    ", đội, trạm, trung tâm, tổng công ty, công ty, tập đoàn, chi nhánh, nhà máy, xí nghiệp, phân xưởng, tổ, tổ dân phố"
    ", khu phố, thôn, bản, ấp, buôn, tổ bản, xã, phường, thị trấn, đặc khu, huyện, quận, thị xã, thành phố, tỉnh, đồn"
    ", hạt, ngân hàng, liên đoàn, liên hiệp hội, liên minh hợp tác xã, hợp tác xã, hội đồng, bệnh viện, quỹ, bộ phận"
    ", ban quản lý, ban chỉ đạo, ban chỉ huy, tổ công tác, tổ giúp việc, đoàn công tác, văn phòng, ủy ban"
    ", báo, đài, cảng, cảng vụ"
    ", đảng bộ, chi bộ, chi đoàn, kho, khối, tổng đội, lữ đoàn, trung đoàn, tiểu đoàn, đảo, cụm, câu lạc bộ"
    ", siêu thị, chợ, tiểu ban, liên danh"
)

#: Heads that are a unit by themselves, alone or with a level and a place: "Công an huyện", "Thư viện".
_COMMA_HEADS = _words("báo và phát thanh, truyền hình; báo và đài phát thanh, truyền hình")
SELF_HEADS = _COMMA_HEADS + _words(
    "ubnd, hđnd, ủy ban nhân dân, hội đồng nhân dân, hđnd và ubnd, hđnd & ubnd, hđnd&ubnd, hđnd-ubnd"
    ", văn phòng hđnd và ubnd, văn phòng hđnd & ubnd, văn phòng hđnd&ubnd, văn phòng hđnd-ubnd, văn phòng ubnd"
    ", văn phòng hội đồng nhân dân và ủy ban nhân dân, văn phòng ủy ban nhân dân, văn phòng đoàn đbqh và hđnd"
    ", văn phòng đảng ủy, văn phòng huyện ủy, văn phòng tỉnh ủy, văn phòng thành ủy, văn phòng chính phủ, văn phòng bộ"
    ", công an, thanh tra, kho bạc nhà nước, kho bạc, bảo hiểm xã hội, điện lực, bưu điện, thư viện, nhà trường"
    ", ủy ban mặt trận tổ quốc việt nam, ủy ban mặt trận tổ quốc, ủy ban mttq việt nam, ủy ban mttq, ubmttq việt nam"
    ", ubmttq, mặt trận tổ quốc, mttq, đoàn thanh niên, huyện đoàn, tỉnh đoàn, thành đoàn, đoàn tncs hồ chí minh"
    ", tòa án nhân dân, tòa án, viện kiểm sát nhân dân, viện kiểm sát, chính phủ, quốc hội, hải quan, thuế"
    ", cơ quan thuế"
    ", huyện ủy, tỉnh ủy, thành ủy, quận ủy, thị ủy, đảng ủy, ban thường vụ, thường trực, ban chấp hành, ban giám hiệu"
    ", ban giám đốc, ban lãnh đạo, ban cán sự đảng, hội đồng quản trị, hội đồng thành viên, hội đồng trường, công đoàn"
    ", bộ chỉ huy quân sự, bch quân sự, ban chqs, ban chỉ huy quân sự, bộ chỉ huy bộ đội biên phòng, bộ đội biên phòng"
    ", trạm y tế, trung tâm y tế, hội phụ nữ, hội liên hiệp phụ nữ, hội nông dân, hội cựu chiến binh, hội chữ thập đỏ"
    ", liên đoàn lao động, ban quản lý dự án, ban qlda, trung tâm phục vụ hành chính công, kiểm lâm, hạt kiểm lâm"
    ", đoàn trường, liên đội, công đoàn trường, giáo viên chủ nhiệm, tổ chuyên môn"
    ", đội quản lý thị trường, lãnh đạo ubnd, lãnh đạo bộ, tổ công tác, ngân hàng nhà nước"
    ", ngân hàng chính sách xã hội, trung tâm chính trị, ủy ban kiểm tra, ban tổ chức, ban tuyên giáo, ban dân vận"
    ", ban nội chính, ban xây dựng đảng, ban quản lý, ban chỉ đạo, tư vấn giám sát, tư vấn thiết kế, tư vấn thẩm tra"
    ", tư vấn quản lý dự án, ban điều hành"
    ", đài phát thanh và truyền hình, viễn thông, liên minh hợp tác xã"
    ", hội văn học nghệ thuật, hội khuyến học, hội người cao tuổi"
    ", liên hiệp các hội khoa học và kỹ thuật, cục thuế, chi cục thuế, cục thống kê, cục hải quan"
)

#: Offices of persons; a unit, a class or a name may follow.
OFFICES = _words(
    "thủ tướng chính phủ, phó thủ tướng chính phủ, thủ tướng, phó thủ tướng, bộ trưởng, thứ trưởng"
    ", chủ nhiệm, phó chủ nhiệm"
    ", chủ tịch, phó chủ tịch, phó chủ tịch thường trực, các phó chủ tịch, giám đốc, phó giám đốc, các phó giám đốc"
    ", tổng giám đốc, phó tổng giám đốc, trưởng phòng, phó trưởng phòng, trưởng ban, phó trưởng ban, trưởng khoa"
    ", trưởng công an, thủ trưởng, người đứng đầu, chánh văn phòng, phó chánh văn phòng, chánh thanh tra, hiệu trưởng"
    ", phó hiệu trưởng, bí thư, phó bí thư, bí thư đảng ủy, bí thư chi bộ, tổng cục trưởng, cục trưởng"
    ", vụ trưởng, viện trưởng"
    ", chi cục trưởng, kế toán trưởng, quản đốc, đội trưởng, trạm trưởng, tổ trưởng, trưởng thôn"
    ", chỉ huy trưởng, lãnh đạo"
    ", trưởng, giám đốc sở, điều dưỡng trưởng, ban giám hiệu, chủ đầu tư"
    ", nhà thầu, nhà thầu thi công, nhà thầu xây lắp, nhà thầu tư vấn"
    ", đơn vị tư vấn, đơn vị thi công, bí thư thứ nhất"
)

#: Nouns of which "các …" makes a class of units.
CLASS_NOUNS = _words(
    "sở, ban, ngành, phòng, đơn vị, cơ quan, đoàn thể, xã, phường, thị trấn, đặc khu, huyện, quận, thị xã"
    ", thành phố, tỉnh"
    ", thôn, bản, ấp, buôn, khu phố, tổ dân phố, trường, trường học, nhà trường, bộ, địa phương"
    ", doanh nghiệp, chủ đầu tư"
    ", nhà thầu, chi bộ, đảng bộ, chi đảng bộ, tổ chức chính trị - xã hội, tổ chức chính trị xã hội"
    ", tổ chức, hội, hội đoàn thể"
    ", khoa, viện, trung tâm, phân xưởng, nhà máy, xí nghiệp, công ty, chi nhánh, bộ phận, hợp tác xã"
    ", cơ quan chuyên môn"
    ", đơn vị sự nghiệp, cơ quan ngang bộ, cơ quan thuộc chính phủ, tập đoàn, tổng công ty, vụ, cục, chi cục, trạm, đội"
    ", ban xây dựng đảng, ban đảng, đảng ủy, cấp ủy, phòng ban, phòng chuyên môn, phòng nghiệp vụ, thành viên, đồng chí"
    ", cơ sở giáo dục, cơ sở y tế, lực lượng chức năng, ban quản lý dự án, ban quản lý, tổ công tác, hội đồng, tổ, khối"
    ", đơn vị tư vấn, đơn vị thi công, ngân hàng, tổ chức tín dụng, cơ quan báo chí, đơn vị liên quan"
    ", sở ngành, cá nhân"
    ", trưởng thôn, trưởng bản, tổ trưởng, trưởng phòng, trưởng ban, trưởng khoa, trưởng đơn vị, giám đốc"
    ", thủ trưởng, hiệu trưởng"
    ", bí thư chi bộ, đội trưởng, quản đốc, viên chức, giáo viên, giảng viên, phó chủ tịch, phó giám đốc"
    ", cán bộ công chức"
    ", bệnh viện, cơ sở đào tạo, bên liên quan, đồn biên phòng, chủ rừng, xã viên, cán bộ, công chức"
    ", khu dân cư, cụm dân cư, bộ môn, công trường, cửa hàng, trạm y tế, trường phổ thông, trường trung học phổ thông"
    ", trường thpt, trường thcs, trường tiểu học, trường mầm non, thôn bản, khu vực, nhân viên"
    ", người lao động, đảng viên, đoàn viên, hội viên"
    ", lớp, cảng vụ"
)

#: Words inside lower-case parts of unit names that would otherwise read as verbs.
TAILS = _words(
    "dự án đầu tư xây dựng, dự án đầu tư, đầu tư xây dựng, đầu tư phát triển, quản lý dự án"
    ", phát triển quỹ đất, quỹ đất"
    ", quyền sử dụng đất, đăng ký đất đai, đăng ký quyền sử dụng đất, kiểm soát bệnh tật, quản lý thị trường"
    ", phát triển nông thôn, xây dựng công trình thủy lợi, công trình công cộng, công trình giao thông"
    ", công trình thủy lợi"
    ", phục vụ hành chính công, phòng chống thiên tai, phòng thủ dân sự, tìm kiếm cứu nạn, phòng cháy chữa cháy"
    ", đảm bảo chất lượng, bảo đảm chất lượng, quản lý chất lượng, quản lý đô thị, quản lý đào tạo, quản lý khoa học"
    ", giáo dục thường xuyên, giáo dục nghề nghiệp, đổi mới sáng tạo, hợp tác quốc tế, quản lý nhà nước, dịch vụ công"
    ", dịch vụ nông nghiệp, khuyến nông, cung ứng dịch vụ, văn hóa thông tin, truyền thông, thông tin"
    ", sửa chữa cơ điện, thi đua khen thưởng, kiểm tra đảng, thường trực, quản trị, trực thuộc, khu công nghiệp"
    ", thiết bị, trang thiết bị, tổ chức cán bộ, tổ chức nhân sự, đào tạo nghề, bảo vệ thực vật"
    ", bảo vệ rừng, điều hành, trật tự đô thị, trật tự xây dựng, kế toán, tài chính kế toán, giải phóng mặt bằng"
)

#: Names of departments that contain "và" or a comma, so that a list of departments is cut between them only.
COMPOUNDS = _words(
    "kế hoạch và đầu tư; giáo dục và đào tạo; khoa học và công nghệ; tài nguyên và môi trường; thông tin và"
    " truyền thông"
    "; nông nghiệp và phát triển nông thôn; nông nghiệp và môi trường; lao động, thương binh và xã hội"
    "; lao động - thương binh và xã hội; văn hóa, thể thao và du lịch; văn hóa và thể thao; văn hóa và thông tin"
    "; tài chính và kế hoạch; kinh tế và hạ tầng; kinh tế"
    ", hạ tầng và đô thị; dân tộc và tôn giáo; tuyên giáo và dân vận"
    "; văn hóa, khoa học và thông tin; văn hóa và xã hội; thể dục và thể thao; di sản và văn hóa"
)

#: Verbs and adverbs with which an order begins; in a name they are capitalised, which tells them apart.
VERBS = frozenset(_words(
    "tham mưu, rà soát, chủ trì, phối hợp, hướng dẫn, đôn đốc, kiểm tra, báo cáo, tổng hợp, xây dựng"
    ", hoàn thành, hoàn thiện"
    ", hoàn chỉnh, hoàn tất, tổ chức, triển khai, thực hiện, tiếp tục, tiếp thu, tăng cường, đẩy mạnh"
    ", đẩy nhanh, tập trung"
    ", khẩn trương, chủ động, nghiêm túc, quyết liệt, tích cực, theo dõi, giám sát, nghiên cứu, đề xuất"
    ", lập, trình, gửi, nộp"
    ", ban hành, công khai, công bố, cập nhật, bố trí, phân bổ, phân công, giao, chỉ đạo, yêu cầu, đề nghị, thẩm định"
    ", thẩm tra, xử lý, giải quyết, khắc phục, tháo gỡ, chấn chỉnh, tuyên truyền, vận động, phổ biến"
    ", quán triệt, nâng cao"
    ", nâng cấp, bảo đảm, đảm bảo, duy trì, phát huy, ưu tiên, rút kinh nghiệm, kiện toàn, thành lập"
    ", giải phóng, bàn giao"
    ", thu hồi, thanh tra, xác minh, làm rõ, làm việc, làm tốt, cung cấp, hỗ trợ, tạo điều kiện, chuẩn bị, đăng ký, mở"
    ", sắp xếp, sửa chữa, sửa đổi, bổ sung, điều chỉnh, thống kê, cho ý kiến, có ý kiến, có phương án, có giải pháp"
    ", có kế hoạch, có văn bản, có trách nhiệm, chịu trách nhiệm, căn cứ, bám sát, nắm, nắm chắc, nắm bắt, phát động"
    ", phát hiện, phòng ngừa, phòng chống, ngăn chặn, đấu tranh, huy động, kêu gọi, thu hút, thu, chi trả"
    ", giải ngân, thanh toán"
    ", quyết toán, nghiệm thu, khởi công, thi công, lựa chọn, ký, kê khai, niêm yết, số hóa, chuyển đổi, vận hành"
    ", khai thác, quản lý, bảo vệ, chăm sóc, gieo trồng, thu hoạch, tiêm phòng, khám, chốt, đặt, đặt mua"
    ", mua, mua sắm, tuyển"
    ", tuyển dụng, tuyển chọn, đào tạo, bồi dưỡng, tập huấn, kiểm điểm, đánh giá, xếp loại, phê bình"
    ", phê duyệt, tích hợp"
    ", kết nối, chia sẻ, đối soát, đối chiếu, lấy ý kiến, tiếp nhận, trả lời, giải trình, sơ kết, tổng kết"
    ", khảo sát, đo đạc"
    ", cắm mốc, thí điểm, nhân rộng, quan tâm, chú trọng, chú ý, lưu ý, hạn chế, tiết kiệm, cắt giảm"
    ", kịp thời, thường xuyên"
    ", định kỳ, hằng, hàng, hằng tháng, hàng tháng, hằng tuần, hàng tuần, trực tiếp, sớm, ngay, trước mắt"
    ", cần, phải, không"
    ", tuyệt đối, kiên quyết, cương quyết, triệt để, phấn đấu, quyết tâm, kéo dài, vệ sinh, dọn, ra quân"
    ", giải tỏa, cưỡng chế"
    ", di dời, tháo dỡ, sơ tán, ứng phó, trực, túc trực, tham gia, tham dự, cử, mời, liên hệ, cụ thể hóa"
    ", chấm dứt, chấp hành"
    ", tuân thủ, xin ý kiến, nhận, kiểm soát, kiểm kê, phân loại, phân tích, dự báo, cảnh báo, thông báo"
    ", thông tin, truyền thông"
    ", đưa, tạo, đổi mới, cải cách, cải thiện, khôi phục, phục hồi, ổn định, phát triển, mở rộng, đầu tư"
    ", cải tạo, lắp đặt"
    ", trồng, nuôi, lắp, sửa, xóa, giảm, tăng, giữ, giữ vững, củng cố, cấp, phát, phát hành, thay, thay thế"
    ", chuyển, trả"
    ", dừng, tạm dừng, đình chỉ, hủy, rút ngắn, ngừng, khoanh vùng, truy vết, đấu mối, giới thiệu, gắn"
    ", lồng ghép, thể chế hóa"
    ", sử dụng, áp dụng, tận dụng, nhắc nhở, động viên, khuyến khích, biên soạn, soạn thảo, dự thảo, viết"
    ", in, ghi, lưu, lưu trữ"
    ", bảo dưỡng, bảo trì, trang bị, tính toán, cân đối, quyết định, xem xét, chứng minh, khai báo, điều tra, truy thu"
    ", thúc đẩy, xúc tiến, kiến nghị, rà phá, tư vấn, học tập, đi thực tế, thăm, tặng, chúc, dâng, treo"
    ", trang trí, bắn, diễn tập"
    ", thực hành, huấn luyện, luyện tập, xét, xét duyệt, bình xét, chọn, lên kế hoạch, lên phương án, tìm"
    ", mời gọi, nghiêm cấm"
    ", tự, cùng, đồng thời, nhanh chóng, thần tốc, quyết tâm, gương mẫu, linh hoạt, phân cấp, ủy quyền"
    ", đồng hành, tổng rà soát"
    ", nêu cao, siết chặt, kiểm định, kiểm toán, hạch toán, phục vụ, bổ nhiệm, luân chuyển, điều động"
    ", tinh giản, hợp nhất, sáp nhập"
    ", kiểm đếm, áp giá, chi, thu gom, phun, khử khuẩn, cách ly, điều trị, tiêm, xét nghiệm, dập dịch"
    ", đăng tải, đăng, đẩy lùi"
    ", tạm ứng, ứng trước, hoàn ứng, kết thúc, bắt đầu, khánh thành, đóng, lấp, vớt, nạo vét, khơi thông"
    ", cắt, tỉa, quét, thắp"
    ", cải tiến, chế tạo, sản xuất, giao hàng, bán, chào, đàm phán, đặt hàng, chốt sổ, tính, thu thập, nhập"
    ", xuất, hiệu chỉnh, làm thủ tục, làm đầu mối, lãnh đạo, phủ sóng, cơ cấu, đối thoại, tiếp dân, thăm hỏi, tái lập"
    ", khơi dậy, chỉnh trang, chỉnh lý, tu sửa, tu bổ, soát xét, phân luồng, kê biên, gia cố, che phủ"
    ", hiến kế, ứng trực, trực ban, phát thanh, phát sóng, đưa tin, giao lưu, tri ân, trao, trao tặng, thử nghiệm"
    ", vận chuyển, bốc dỡ, san lấp, bảo quản, kích hoạt, bố phòng, chốt chặn, tuần tra, nhập liệu, sao lưu, phản ánh"
    ", mở đợt"
    ", dán, kẻ, vẽ, rải, thuê, gỡ, ép, mượn, rót, ráp, dành, khóa, lọc, sơn, đôn, súc xả, ghìm, dựng, cân đo"
    ", chụp, khoanh, bình chọn, niêm phong, cắt cử, giãn, dàn dựng, gọi, hẹn, ghép, tách, gộp, tháo, dỡ, nối"
    ", kéo, đẩy, bơm, hút, đắp, xới, ươm, cấy, gặt, thả, bắt, nhốt, tẩy, rửa, lau, giặt, hấp, sấy, nấu, đun, đốt"
    ", dập, chở, bốc, dọn dẹp, gia hạn, gia công, sàng lọc, rà quét, phân tuyến, phân ca, phân vùng, phân"
    ", khai, phân nhóm, lên lịch, lên danh sách, xếp lịch, bốc thăm, rút thăm, coi thi, ra đề, ra văn bản, ra"
    ", quyết định, thương lượng, thương thảo, thuê mướn, giải thích cho, phúc đáp, hồi âm, phản hồi, nhắc, cảnh"
    ", cáo, kỷ luật, xử phạt, truy tố, tạm giữ, tịch thu, tiêu hủy, thanh lý, truy lĩnh, hoàn trả, hoàn thuế"
    ", khấu trừ, trích, trích lập, ghi thu, ghi chi, kết chuyển, kết toán, gia nhập, kết nạp, bầu, bầu cử, đề cử"
    ", ứng cử, tiến cử, biệt phái, sắp đặt, tích trữ, nhập kho, xuất kho, kiểm kho, kiểm phiếu, kiểm thử, thử, đo"
    ", kiểm, lấy mẫu, định giá, cài đặt, cài, nâng, siết, nới, gỡ bỏ, bãi bỏ, xóa bỏ, loại bỏ, hủy bỏ, đổi, hoán"
    ", đổi, phát tờ rơi, phát tán, ghi hình, ghi âm, livestream, truyền tải, tường thuật, chào bán, chào hàng"
    ", chăm lo, chăm bón, bón phân, khoan, nạo, hàn gắn, vá, đổ bê tông, thảm nhựa, lát, lắp dựng, cắm, treo"
    ", biển, rào, che chắn, chèn chống, neo đậu, neo, chằng chống, chằng néo, giao khoán, khoán, cho thuê, cho"
    ", mượn, tiếp sức, tiếp quản, đón tiếp, tiếp đón, hiệp thương, hiệp đồng, thỏa thuận, cam kết, tổng kiểm tra"
    ", tổng vệ sinh, rà lại, soát lại, đọc, tìm hiểu, truy tìm, truy quét, trấn áp, triệt phá, triệt xóa, bóc gỡ"
    ", bóc tách, đấu nối, chuyển tiếp, chuyển tuyến, cổ động, diễu hành, dạy học, ôn tập, ôn thi, phụ đạo, bồi"
    ", đắp, bồi hoàn, đền bù, nhân bản, nhân giống, lai tạo, tuyển quân, gọi nhập ngũ, khám tuyển, xét tuyển, thi"
    ", tuyển, sát hạch, phỏng vấn, chấm, điểm danh, điểm lại, điểm báo, trích xuất, trích lục, sao lục, sao y, bố"
    ", cáo, tống đạt, trưng cầu, trưng dụng, trưng mua, tuyên dương, tôn tạo, tôn vinh, trùng tu, phục dựng, phục"
    ", chế, khai quật, sưu tầm, trưng bày, triển lãm, giảm tải, giãn cách, thích ứng, xoay vòng, luân phiên, trực"
    ", chốt"
))  # fmt: skip

#: Verbs that also end the names of departments: "Viện Kinh tế xây dựng", "Phòng Kiểm tra nội bộ và đào tạo".
NOMINAL = _words(
    "xây dựng, tổng hợp, thanh tra, kiểm tra, giám sát, đào tạo, đầu tư, thẩm định, kiểm soát, tư vấn, thống kê"
    ", sản xuất, vận hành, bảo vệ, nghiên cứu, thi công, kiểm định, kiểm toán, bảo trì, xét nghiệm"
)

#: What also ends a unit's name.
STOPS = frozenset(_words(
    "để, trong, về, theo, của, với, tại, trước, sau, nếu, đã, được, có, là, từ, đến, do, vì, cho, bằng, qua"
    ", thông qua, khi, mà"
    ", gồm, bao gồm, nhằm, chưa, sẽ, đang, hiện, này, nêu, trên, như, thì, nên, chậm, chậm nhất, hết, vào"
    ", ở, bị, tới, lên"
    ", vừa, hay, hoặc, cùng, đối, cũng, đều, vẫn, còn, chỉ, kết luận, xem xét, biểu dương, ghi nhận, đồng ý"
    ", thống nhất, nhất trí"
    ", cơ bản, hoan nghênh, khen ngợi, cảm ơn, giải thích, phát biểu, nhấn mạnh, cho biết, khẳng định"
    ", chủ tọa, các, những, một"
    ", hai, ba, bốn, năm, mỗi, mọi, toàn, ngoài, căn, ra, lại, việc, nghe, ban, xin, trân, thừa, ủng, tức"
    ", tức là, tuần, tháng, quý"
    ", ngày, biết, xin, dự, thay, bàn, bàn về, đi, chạy, tiến, nhất, nói, gặp, tiếp, đón"
))  # fmt: skip

#: Verbs of the one who decides or praises: what follows orders nothing.
DECIDES = _words(
    "thống nhất, cơ bản thống nhất, đồng ý, cơ bản đồng ý, nhất trí, cơ bản nhất trí, chấp thuận, thông qua"
    ", đánh giá cao, ghi nhận, phê bình, khiển trách"
    ", biểu dương, hoan nghênh, khen ngợi, cảm ơn, chia sẻ với, cho phép, không đồng ý, không chấp thuận"
    ", cơ bản tán thành, tán thành"
    ", đánh giá, nhận định, khẳng định, cơ bản hoàn thành, chúc mừng, trân trọng, ủng hộ chủ trương"
    ", kết luận, nhấn mạnh, thể hiện"
)

#: Words after a subject that tell instead of ordering.
NARRATES = _words(
    "đã, được, đang, hiện, hiện nay, chưa, là, vẫn, còn, mới, bị, luôn, cơ bản, có nhiều, có một số, còn có"
    ", đạt, gồm, có mặt, chiếm, tăng, giảm"
)

#: Verbs behind a unit's name that say how it stands with it, and order nothing.
TELLS = _words(
    "thiếu, vướng, nợ, chậm, gặp, mất, phát, xuất, dẫn, đứng, xếp, thuộc, nằm, tồn, thấy, bày, nêu, trình, tỏ, mong"
    ", tiếp, hoạt, diễn, giảm, tăng, vượt, thấp, cao, lớn, ít, nhiều, kém, yếu, tốt, trễ, rơi, nhận, thu, hoàn, ước"
    ", bình, tính, sản, số, tỷ, tỉ, lượng, khối, mức, giá, thời, thành, tên, địa, điểm, loại, hạng, dài, rộng, trị"
    ", không, quá, rất, khá, hơi, mong, muốn, nghĩ, đề, hỏi, dự, tham, vắng, tổng, phần, chung, riêng, mới, sắp"
)

_FIRST = re.compile(r"\w+")

#: Nouns whose first syllable is a verb elsewhere.
_NOUNS = re.compile(
    r"(?:chi (?:phí|cục|nhánh|bộ|tiết|hội|đoàn)|cấp (?:ủy|xã|tỉnh|huyện|trên|dưới)|thu nhập|tính chất|lưu lượng"
    r"|không (?:khí|gian)|trực thuộc|tăng trưởng|mở đầu|giao thông|sản lượng|thông tư|đóng góp|trồng trọt|nuôi trồng"
    r"|phát biểu|xuất khẩu|nhập khẩu|kết nối giữa)(?!\w)"
)


def starts_with_verb(low: str, at: int = 0, *, syllables: int = 1) -> bool:
    """Say whether a verb of orders, of at least so many `syllables`, stands at `at`."""
    if _NOUNS.match(low, at):
        return False
    end, seen = at, 0
    for word in _FIRST.finditer(low, at):
        if word.start() != (end if seen == 0 else end + 1) or seen == 3:
            break
        end, seen = word.end(), seen + 1
        if seen >= syllables and low[at:end] in VERBS:
            return True
    return False
