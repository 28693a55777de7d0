"""What was given, as the sheet that who received it signs (bảng kê hỗ trợ hộ gia đình)."""
