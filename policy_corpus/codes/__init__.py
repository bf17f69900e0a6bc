"""Code tables: 行政区划, 国民经济行业分类 and 统一社会信用代码; the words of texts in, codes out."""
