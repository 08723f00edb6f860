/** All that the widget itself says. What the assistant answers comes from the server. */

export const LONGEST = 500; // characters of one message

export const frame = {
  title: "Trợ lý Một cửa",
  skip: "Đến ô nhập câu hỏi",
  call: (hotline) => `Gọi ${hotline}`,
  fresh: "Cuộc trò chuyện mới",
  options: "Tùy chọn",
  close: "Đóng",
  newTab: " (mở trang mới)",
};

export const standing = {
  notice: "Thông báo:", urgent: "Khẩn:",
  off: "Trợ lý đang tạm nghỉ.",
};

export const intro = {
  machine: "Bạn đang trò chuyện với máy trả lời tự động, không phải cán bộ.",
  wrong: "Máy có thể nhầm. Việc quan trọng thì bạn hỏi lại ở quầy.",
  numbers: "Bạn đừng gửi số căn cước, số tài khoản hay mã OTP.",
  more: "Trợ lý giúp được gì, lưu lại gì?",
  can: (ward) =>
    `Tôi hướng dẫn thủ tục của ${ward}: cần giấy tờ gì, hết bao nhiêu tiền, mấy ngày xong, nộp ở đâu.`,
  canAlso: "Tôi lập được danh sách giấy tờ cho trường hợp của bạn và tính ngày có kết quả.",
  kept: (days) =>
    `Câu bạn hỏi được giữ ${days} ngày để sửa chỗ trả lời chưa đúng, rồi tự xóa. ` +
    "Số điện thoại, số giấy tờ được che trước khi lưu.",
  forget: "Muốn xóa sớm hơn, bạn mở “Tùy chọn” rồi bấm “Xóa cuộc trò chuyện”.",
  privacy: "Quyền riêng tư",
  office: "Địa chỉ và giờ làm việc",
  portal: "Cổng Dịch vụ công",
  someWard: "phường",
  greeting: "Xin chào! Bạn cần hỏi thủ tục gì?",
  start: "Câu hỏi gợi ý",
};

export const talk = {
  log: "Nội dung trò chuyện",
  me: "Bạn", bot: "Trợ lý", fault: "Lỗi",
  waiting: "Đang trả lời",
  again: "Gửi lại",
  unanswered: "Câu này chưa được trả lời. Bạn bấm “Gửi lại”.",
  more: "Còn nữa trong khung trò chuyện.",
  asked: "Bạn có thể hỏi tiếp",
  choices: "Lựa chọn",
};

export const errors = {
  lost: "Chưa gửi được. Bạn kiểm tra mạng rồi bấm “Gửi lại”.",
  offline: "Máy của bạn đang mất mạng nên chưa gửi được. Có mạng lại, bạn bấm “Gửi lại”.",
  slow: "Xin lỗi bạn, đợi lâu quá mà chưa có câu trả lời. Bạn bấm “Gửi lại”, hoặc gọi cán bộ.",
  broken: "Tôi đang gặp lỗi. Bạn đợi ít phút rồi bấm “Gửi lại”, hoặc gọi cán bộ.",
  tooFast: (wait) => `Tôi chưa kịp trả lời. Bạn đợi ${wait} rồi bấm “Gửi lại”.`,
  seconds: (seconds) => (seconds < 100 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`),
  listing: "Xem danh mục thủ tục",
};

export const field = {
  form: "Đặt câu hỏi",
  label: "Câu hỏi của bạn",
  hint: "Bạn cần hỏi gì?",
  keys: "Enter để gửi, Shift + Enter để xuống dòng",
  send: "Gửi",
  tooLong: `Dài quá ${LONGEST} ký tự, bạn rút bớt nhé.`,
  offline: "Máy của bạn đang mất mạng. Chữ bạn gõ vẫn còn ở đây.",
  online: "Đã có mạng lại.",
  speak: "Nói",
  listening: "Đang nghe. Bạn nói đi.",
  noSound: "Tôi không nghe được. Bạn kiểm tra micro, hoặc gõ chữ.",
  noMicrophone: "Trình duyệt chưa cho dùng micro. Bạn cho phép trang này dùng micro, hoặc gõ chữ.",
  stop: "Dừng đọc",
};

export const card = {
  code: (code) => `Mã thủ tục ${code}`,
  notes: "Lưu ý",
  source: "Nguồn và ngày kiểm tra",
  from: "Nguồn: ",
  decision: (decision) => (/^quyết định/i.test(decision) ? decision : `Quyết định ${decision}`),
  checked: (day) => `Kiểm tra ngày ${day}`,
  referral: "Nơi giải quyết",
  other: "Lựa chọn khác",
  step: (number, count) => `Câu ${number} trong ${count}`,
};

export const papers = {
  count: (have, all) => `Đã có ${have}/${all} giấy tờ`,
  extra: (count) => `thêm ${count} giấy tùy trường hợp`,
  kept: "Các ô bạn đánh dấu chỉ lưu trên máy của bạn.",
  told: "Theo điều bạn cho biết",
  handIn: "Nộp",
  show: "Đưa ra xem rồi mang về",
  depends: "Còn tùy",
};

export const tables = {
  channel: "Cách nộp",
  fee: "Lệ phí", duration: "Thời gian",
  of: (title) => `${title}, theo cách nộp`,
};

export const due = {
  ready: "Dự kiến có kết quả",
  channels: { counter: "Tại quầy", online: "Qua mạng", post: "Qua bưu điện" },
  days: ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
  how: "Cách tính",
};

export const tools = {
  label: "Dùng câu trả lời này",
  print: "In",
  copy: "Sao chép",
  share: "Chia sẻ",
  page: "Xem trang thủ tục",
  copied: "Đã sao chép câu trả lời.",
  notCopied: "Trình duyệt không cho sao chép. Bạn chọn chữ rồi tự sao chép giúp tôi.",
  link: "Liên kết của trang này",
  copyLink: "Sao chép liên kết",
  linkCopied: "Đã sao chép liên kết.",
  qr: (name) => `Mã QR mở trang “${name}” trên điện thoại`,
  scan: "Quét mã bằng điện thoại để mở trang này.",
};

export const REASONS = ["Sai việc tôi hỏi", "Thông tin sai hoặc cũ", "Thiếu điều tôi cần", "Khó hiểu"];

export const marks = {
  up: "👍 Đúng ý", down: "👎 Chưa đúng",
  why: "Chưa đúng ở chỗ nào? Bạn bấm một ô, hoặc bỏ qua.",
  thanks: "Cảm ơn bạn.",
  kept: "Cảm ơn bạn, tôi đã ghi lại.",
  failed: "Chưa ghi được đánh giá. Bạn thử lại sau.",
};

export const options = {
  larger: "Chữ to hơn",
  size: (percent) => `${percent} %`,
  aloud: "Đọc to câu trả lời",
  noVoice: "Máy này chưa có giọng đọc tiếng Việt.",
  speak: "Nói thay vì gõ",
  maker: "Công ty làm ra trình duyệt có thể nhận giọng nói của bạn. Bạn đừng đọc số căn cước, số tài khoản.",
  listing: "Danh mục thủ tục",
  access: "Hỗ trợ người cao tuổi, khuyết tật",
};

export const forget = {
  start: "Xóa cuộc trò chuyện",
  sure: "Xóa hết câu hỏi và trả lời trên máy này và trên máy chủ của phường? Điều đã gửi cho cán bộ thì vẫn còn.",
  yes: "Xóa hết", no: "Không xóa",
  failed: "Chưa xóa được trên máy chủ của phường. Bạn thử lại, hoặc chỉ xóa trên máy này.",
  here: "Chỉ xóa trên máy này",
  done: "Đã xóa cuộc trò chuyện trên máy này và trên máy chủ của phường.",
  doneHere: "Đã xóa trên máy này. Trên máy chủ của phường vẫn còn, đến ngày tự xóa.",
};
