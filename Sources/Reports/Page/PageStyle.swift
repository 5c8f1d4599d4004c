/// How a page looks: one column of text, figures in up to two, one accent colour.
enum PageStyle {
    static var css: String { [Theme.pageCSS, SphereDrawing.css, rules].joined(separator: "\n") }

    private static let rules = """
        :root{--ground:#f7f8f9;--accent:#005f97;--wash:#eef3f7;--warn:#8a3b00;--warn-wash:#fdf1e7}
        @media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){--ground:#0e1013;--accent:#7cc4f5;\
        --wash:#1b222a;--warn:#f5b07a;--warn-wash:#2c2118}}
        @media screen{:root[data-theme=dark]{--ground:#0e1013;--accent:#7cc4f5;--wash:#1b222a;--warn:#f5b07a;\
        --warn-wash:#2c2118}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 \(Theme.fonts);\
        font-variant-numeric:tabular-nums lining-nums}
        header,main,footer{max-width:1160px;margin:0 auto;padding:0 24px}
        header{padding-top:40px}
        h1,h2,h3,p,dl,figure,ul,ol,table{margin:0}
        h1{font-size:34px;line-height:1.15;letter-spacing:-.015em;font-weight:650;overflow-wrap:anywhere}
        h2{font-size:22px;line-height:1.25;letter-spacing:-.01em;font-weight:650;margin-bottom:16px}
        h3{font-size:16px;font-weight:650;margin:28px 0 10px}
        p,li{max-width:72ch;overflow-wrap:anywhere}
        p+p{margin-top:10px}
        main>section{padding:34px 0 6px;margin-top:34px;border-top:1px solid var(--rule)}
        section>*+*:not(h3){margin-top:18px}
        h2+*,h2+*:not(h3),h3+*,h3+*:not(h3){margin-top:0}
        .kicker{color:var(--accent);font-size:13px;font-weight:600;letter-spacing:.06em;text-transform:uppercase;\
        margin-bottom:6px}
        .subtitle{color:var(--muted);font-size:18px;margin-top:10px}
        .titles{display:flex;justify-content:space-between;gap:24px;align-items:flex-start}
        .note{color:var(--muted);font-size:13.5px}
        a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
        nav ul{display:flex;flex-wrap:wrap;gap:6px 20px;list-style:none;padding:0;margin-top:26px;font-size:15px}
        button{font:inherit;font-size:13.5px;color:var(--ink);background:var(--paper);border:1px solid var(--rule);\
        border-radius:6px;padding:5px 11px;cursor:pointer;white-space:nowrap}
        button:hover{border-color:var(--muted)}
        [hidden]{display:none!important}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
        main:focus{outline:none}
        .skip{position:absolute;left:-999em;background:var(--paper);padding:10px 16px;z-index:2}
        .skip:focus{left:12px;top:12px}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .notice{max-width:none;border-left:3px solid var(--accent);background:var(--wash);padding:11px 16px;\
        margin-top:22px;border-radius:0 6px 6px 0}
        .notice.warning{border-color:var(--warn);background:var(--warn-wash);color:var(--warn);font-weight:600}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:16px 28px}
        dt{color:var(--muted);font-size:13.5px}
        dd{margin:0;overflow-wrap:anywhere}
        .scroll{width:fit-content;max-width:100%;overflow-x:auto;border:1px solid var(--rule);border-radius:8px;background:var(--paper)}
        .table .note{margin-top:8px;max-width:90ch}
        table{border-collapse:collapse;min-width:min(460px,100%);font-size:14.5px;line-height:1.4}
        caption{text-align:left;padding:13px 13px 9px;font-weight:600}
        th,td{text-align:left;padding:8px 13px;border-top:1px solid var(--rule);vertical-align:top}
        thead th{color:var(--muted);font-weight:500;font-size:13.5px;vertical-align:bottom}
        tbody th{font-weight:500}
        .number{text-align:right}
        tbody .number{white-space:nowrap}
        td:not(.number),tbody th:not(.number){max-width:52ch;overflow-wrap:break-word}
        tbody th:not(.number){min-width:min(16ch,30vw)}
        .sortable thead button{border:0;background:none;padding:0;color:inherit;font:inherit;white-space:normal;\
        text-align:inherit;position:relative}
        .sortable thead button::after{content:"";position:absolute;left:100%;width:1.1em;text-align:center;opacity:.45}
        .sortable thead button:hover::after{content:"↕"}
        .sortable [aria-sort=ascending] button::after{content:"↑";opacity:1}
        .sortable [aria-sort=descending] button::after{content:"↓";opacity:1}
        .value{font-weight:600}
        .interval{color:var(--muted)}
        .whisker{display:block;position:relative;height:9px;margin:5px 0 2px;min-width:110px;\
        background:linear-gradient(var(--rule),var(--rule)) center/100% 1px no-repeat}
        .whisker i{position:absolute;display:block}
        .whisker .span{top:2px;height:5px;border-radius:3px;background:var(--accent);opacity:.38;min-width:2px}
        .whisker .point{top:0;width:9px;height:9px;margin-left:-4.5px;border-radius:50%;background:var(--accent);\
        border:1.5px solid var(--paper)}
        .whisker .zero{top:0;width:1px;height:9px;background:var(--muted)}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:20px;\
        align-items:start}
        figure{background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:14px 0 0;min-width:0}
        .plots>figure:only-child{max-width:640px}
        figcaption{padding:0 16px;line-height:1.4}
        figcaption strong{display:block;font-weight:600}
        figcaption .of{display:block;color:var(--muted);font-size:13.5px;overflow-wrap:anywhere}
        figure svg{display:block;width:100%;height:auto}
        figure>.note{padding:0 16px 12px;max-width:none;line-height:1.4}
        .narrow{display:none}
        details>summary{cursor:pointer;color:var(--accent);font-size:14px;width:max-content;max-width:100%;padding:2px 0}
        details>summary~*{margin-top:12px}
        figure>details{border-top:1px solid var(--rule);padding:7px 16px 8px}
        .data p{display:flex;flex-wrap:wrap;gap:8px;align-items:center;color:var(--muted);font-size:13.5px;\
        max-width:none}
        pre{margin:0;max-height:320px;overflow:auto;font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,\
        "DejaVu Sans Mono",monospace;background:var(--wash);border-radius:6px;padding:12px 14px;tab-size:4}
        .pairs ol{list-style:none;padding:12px 16px 18px;display:grid;gap:22px 20px;\
        grid-template-columns:repeat(auto-fill,minmax(215px,1fr))}
        .pairs .two{display:flex;gap:4px}
        .pairs img{flex:1 1 0;min-width:0;width:50%;height:auto;aspect-ratio:auto;border-radius:4px;\
        background:var(--wash);image-rendering:auto}
        .pairs p{margin-top:6px;font-size:14px;line-height:1.35}
        .pairs .names{color:var(--muted);font-size:12.5px;margin-top:2px}
        .sphere{display:grid;grid-template-columns:minmax(0,600px) minmax(220px,1fr);padding-bottom:14px}
        .sphere figcaption,.sphere>details{grid-column:1/-1}
        .sphere>details{margin-top:12px;margin-bottom:-14px}
        .sphere .globe{padding:6px 16px}
        .sphere svg{touch-action:pan-y;cursor:grab;user-select:none;-webkit-user-select:none}
        .sphere svg:active{cursor:grabbing}
        .sphere .turns{display:flex;flex-wrap:wrap;gap:6px;justify-content:center;margin-top:6px}
        .sphere .turns button{min-width:40px}
        .sphere .side{padding:6px 16px}
        .sphere .groups{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:6px;max-height:420px;overflow-y:auto}
        .sphere .groups button{display:flex;gap:7px;align-items:center;background:none}
        .sphere .groups button[aria-pressed=true]{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
        .sphere .groups svg{width:13px;height:13px;cursor:inherit}
        .sphere .side p{margin-bottom:12px;font-size:14px;color:var(--muted)}
        footer{padding-top:26px;padding-bottom:48px;margin-top:40px;border-top:1px solid var(--rule);\
        color:var(--muted);font-size:13.5px}
        @media(max-width:760px){.sphere{grid-template-columns:minmax(0,1fr)}}
        @media screen and (max-width:560px){
        header,main,footer{padding-left:14px;padding-right:14px}
        header{padding-top:24px}
        h1{font-size:27px}
        .titles{flex-direction:column-reverse;gap:14px}
        .subtitle{font-size:16.5px}
        main>section{padding-top:26px;margin-top:26px}
        th,td,caption{padding-left:11px;padding-right:11px}
        .wide{display:none}
        .narrow{display:block}
        .globe svg text{font-size:21px}
        .pairs ol{grid-template-columns:repeat(2,minmax(0,1fr))}
        }
        @media print{
        :root{--ground:#fff}
        body{font-size:10.5pt}
        header,main,footer{max-width:none;padding:0}
        nav,#theme,.skip,details:not([open]),.data,.turns,.hint{display:none!important}
        .sortable thead button::after{content:none!important}
        table{font-size:9pt}
        .whisker{min-width:80px}
        main>section{padding-top:14px;margin-top:18px}
        h2,h3,figcaption,caption{break-after:avoid}
        figure,tr,.table,.notice,.pairs li{break-inside:avoid}
        .pairs{break-inside:auto}
        thead th{font-size:inherit}
        .plots{grid-template-columns:1fr 1fr;gap:12px}
        .scroll{overflow:visible}
        .sphere{grid-template-columns:1fr}
        .globe{max-width:12cm}
        th,td{padding:4px 8px}
        thead{display:table-header-group}
        .whisker{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }
        @page{margin:16mm 14mm}
        """
}
