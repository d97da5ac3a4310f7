"""All supported Markdown, in forms in which text was lost in the past."""

TORTURE = """\
# Đề mục & ký hiệu < và > trong *tiêu đề*

Kính gửi <Họ và tên>, tuổi <15, <b>thẻ lạ</b>, <script>alert(1) chữ sau thẻ không đóng. <!-- lời bàn -->

<!-- lời bàn
nhiều dòng

## và nhiều đoạn -->

<div>

[Nhãn]: từ

Kết quả {ghi chú} và {: lạ = 1 }
{không phải thuộc tính}

### Mục {ghi chú}

### Mục có neo {#muc-co-neo}

Đoạn có neo.
{: #doan-co-neo }

Đoạn một có **chữ đậm**, *chữ nghiêng*, ***cả hai***, `mã <b>lệnh</b>`, dấu \\* thoát và 6\\. số.[^a] [một liên kết](https://vi-du.example)

3. mục đánh số từ ba

    đoạn thứ hai của mục ba

4. mục bốn
    - mục con một
        1. mục cháu một
        2. mục cháu hai
    - mục con hai

> Trích dẫn dòng một
> dòng hai<br>dòng ba
>
> - gạch trong trích dẫn

| Cột & một | Cột hai |
|---|---:|
| ô \\| có vạch | 1.234,5 |
| số 12/2034/QĐ-UBND ngày 05/4/2034 | 95,2 % |

!!! note "Chú ý trước"
    Nội dung chú ý.

    1. mục trong chú ý

```text
mã nhiều dòng <giữ nguyên>
```

Ngắt dòng mềm
nối tiếp; ngắt cứng  \nxuống dòng; thực thể &amp; &lt;chữ&gt; “ngoặc” – gạch; 1/2; […]; [… điền vào đây] cuối.[^b]

[^a]: Chú thích **thứ nhất** nhiều chữ.

    Đoạn hai của chú thích.
[^b]: Chú thích thứ hai.
"""
