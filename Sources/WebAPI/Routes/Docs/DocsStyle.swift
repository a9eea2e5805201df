/// How the readable page looks. Its digest stands in the page's policy, which allows no other style.
enum DocsStyle {
    static let text = """
        :root{color-scheme:light dark}
        body{font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:60rem;padding:1rem}
        input[name=language]{position:absolute;opacity:0}
        #zh:checked~* .en,#en:checked~* .zh{display:none}
        #zh:checked~header label[for=zh],#en:checked~header label[for=en]{font-weight:bold}
        #zh:focus-visible~header label[for=zh],#en:focus-visible~header label[for=en]{outline:2px solid}
        label{cursor:pointer;text-decoration:underline;margin-right:1rem}
        nav{line-height:2}nav a{margin-right:.6rem}
        article{border-top:1px solid #8886;padding:.5rem 0}
        h3{margin:.5rem 0}.method{font-family:monospace;background:#8883;padding:0 .4rem}
        .roles{font-size:.9em;opacity:.8}
        table{border-collapse:collapse;display:block;overflow-x:auto}
        td{padding:.2rem .6rem .2rem 0;vertical-align:top;border-top:1px solid #8883}
        pre{overflow-x:auto;background:#8882;padding:.6rem;font-size:.85em;max-height:24rem}
        b{color:#b33}
        """
}
