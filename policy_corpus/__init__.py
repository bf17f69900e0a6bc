"""What the files say: 文件库 (documents), 政策库 (policy items) and the code tables both are written in."""
