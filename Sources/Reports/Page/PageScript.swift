/// What makes a page move: colours, sorting, saving, turning. Everything can be read without it.
enum PageScript {
    /// In the head, so that the colours that were chosen before do not flash.
    static let theme = """
        try{const chosen=localStorage.getItem("margin-theme");
        if(chosen==="light"||chosen==="dark")document.documentElement.dataset.theme=chosen}catch(error){}
        """

    static var page: String { "\"use strict\";\n" + [colors, sorting, saving, turning].joined(separator: "\n") }

    private static let colors = """
        {const root=document.documentElement,button=document.getElementById("theme"),
        names={auto:"as the system",light:"light",dark:"dark"},order=["auto","light","dark"];
        const show=()=>{document.getElementById("theme-name").textContent=names[root.dataset.theme||"auto"]};
        button.hidden=false;show();
        button.addEventListener("click",()=>{
        const next=order[(order.indexOf(root.dataset.theme||"auto")+1)%3];
        if(next==="auto")delete root.dataset.theme;else root.dataset.theme=next;
        try{localStorage.setItem("margin-theme",next)}catch(error){}
        show()})}
        """

    private static let sorting = """
        for(const table of document.querySelectorAll("table.sortable")){
        const heads=[...table.tHead.rows[0].cells],body=table.tBodies[0];
        heads.forEach((head,column)=>{
        const button=document.createElement("button");
        button.type="button";button.textContent=head.textContent;head.replaceChildren(button);
        button.addEventListener("click",()=>{
        const descending=head.getAttribute("aria-sort")==="ascending",sign=descending?-1:1;
        heads.forEach(other=>other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort",descending?"descending":"ascending");
        const key=row=>row.cells[column].dataset.value;
        const rows=[...body.rows].sort((a,b)=>{
        const x=key(a),y=key(b);
        if(x!==undefined&&y!==undefined)return sign*(Number(x)-Number(y));
        if(x!==undefined||y!==undefined)return x===undefined?1:-1;
        return sign*a.cells[column].textContent.localeCompare(b.cells[column].textContent,undefined,{numeric:true})});
        body.append(...rows)})})}
        """

    private static let saving = """
        {const variables=["ink","muted","rule","paper",...Array.from({length:7},(_,n)=>"series-"+n)];
        const standing=svg=>{
        const copy=svg.cloneNode(true),style=document.createElementNS("http://www.w3.org/2000/svg","style"),
        now=getComputedStyle(document.documentElement);
        const rules=[...document.styleSheets].flatMap(sheet=>[...sheet.cssRules])
        .filter(rule=>rule.selectorText&&rule.selectorText.includes(".margin-plot")).map(rule=>rule.cssText);
        style.textContent=".margin-plot{"+variables.map(name=>"--"+name+":"+now.getPropertyValue("--"+name))
        .join(";")+"}\\n"+rules.join("\\n");
        copy.style.background=now.getPropertyValue("--paper");
        copy.prepend(style);
        return new XMLSerializer().serializeToString(copy)};
        for(const button of document.querySelectorAll("button.save")){
        button.hidden=false;
        button.addEventListener("click",()=>{
        const figure=button.closest("figure"),isDrawing=button.dataset.kind==="svg";
        const text=isDrawing?standing(figure.querySelector("svg")):figure.querySelector(".data pre").textContent;
        const link=document.createElement("a");
        link.href=URL.createObjectURL(new Blob([text],{type:isDrawing?"image/svg+xml":"text/csv"}));
        link.download=button.dataset.name+"."+button.dataset.kind;
        link.click();setTimeout(()=>URL.revokeObjectURL(link.href),1000)})}}
        """

    /// The axes are x to the right, y upwards, z to the viewer; `turn` holds the rows of a rotation.
    private static let turning = """
        for(const figure of document.querySelectorAll("figure.sphere")){
        const globe=figure.querySelector(".globe"),svg=globe.querySelector("svg"),radius=Number(svg.dataset.radius),
        start=svg.dataset.turn.split(" ").map(Number),back=svg.querySelector(".back"),front=svg.querySelector(".front"),
        lines=svg.querySelector(".lines"),told=figure.querySelector("[aria-live]");
        const marks=[...svg.querySelectorAll("[data-p]")].map(node=>
        ({node,p:node.dataset.p.split(" ").map(Number),isName:node.tagName==="text"}));
        let turn=start.slice(),frame=0,right=0,up=0;
        const place=([x,y,z])=>[0,3,6].map(row=>turn[row]*x+turn[row+1]*y+turn[row+2]*z);
        const circles=[];
        for(let angle=0;angle<180;angle+=30){const a=angle*Math.PI/180;
        circles.push(t=>[Math.cos(t)*Math.cos(a),Math.sin(t),Math.cos(t)*Math.sin(a)])}
        for(let angle=-60;angle<=60;angle+=30){const a=angle*Math.PI/180;
        circles.push(t=>[Math.cos(t)*Math.cos(a),Math.sin(a),Math.sin(t)*Math.cos(a)])}
        const draw=()=>{frame=0;
        let path="";
        for(const circle of circles){let drawn=false;
        for(let step=0;step<=72;step+=1){const [x,y,z]=place(circle(step*Math.PI/36));
        if(z<0){drawn=false;continue}
        path+=(drawn?"L":"M")+(x*radius).toFixed(1)+" "+(-y*radius).toFixed(1);drawn=true}}
        lines.setAttribute("d",path);
        for(const {node,p,isName} of marks){const [x,y,z]=place(p);
        node.setAttribute("transform","translate("+(x*radius).toFixed(2)+" "+(-y*radius).toFixed(2)+")");
        if(isName)node.setAttribute("visibility",z<0.05?"hidden":"visible");
        else{const side=z<0?back:front;if(node.parentNode!==side)side.append(node)}}};
        const ask=()=>{if(!frame)frame=requestAnimationFrame(draw)};
        const rotate=(across,along)=>{
        const c=Math.cos(across),s=Math.sin(across),d=Math.cos(along),e=Math.sin(along);
        const step=[c,0,s,-e*-s,d,-e*c,d*-s,e,d*c],old=turn;
        turn=[0,3,6].flatMap(row=>[0,1,2].map(column=>
        step[row]*old[column]+step[row+1]*old[3+column]+step[row+2]*old[6+column]));ask()};
        const tell=()=>{told.textContent=right||up?"Turned "+Math.abs(right)+"° "+(right<0?"left":"right")+
        " and "+Math.abs(up)+"° "+(up<0?"down":"up")+" from the first view.":"The first view."};
        const nudge=(x,y)=>{right+=x;up+=y;rotate(x*Math.PI/180,-y*Math.PI/180);tell()};
        const reset=()=>{turn=start.slice();right=up=0;ask();tell()};
        const keys={ArrowLeft:()=>nudge(-10,0),ArrowRight:()=>nudge(10,0),ArrowUp:()=>nudge(0,10),
        ArrowDown:()=>nudge(0,-10),Home:reset};
        globe.tabIndex=0;
        globe.addEventListener("keydown",event=>{const action=keys[event.key];
        if(action&&!event.ctrlKey&&!event.metaKey&&!event.altKey){event.preventDefault();action()}});
        const turns=figure.querySelector(".turns");turns.hidden=false;
        turns.addEventListener("click",event=>{const key=event.target.closest("button")?.dataset.key;
        if(key)keys[key]()});
        let last=null;
        svg.addEventListener("pointerdown",event=>{last=[event.clientX,event.clientY];
        svg.setPointerCapture(event.pointerId)});
        svg.addEventListener("pointermove",event=>{if(!last)return;
        const scale=2/svg.getBoundingClientRect().width*1.15;
        rotate((event.clientX-last[0])*scale,(event.clientY-last[1])*scale);last=[event.clientX,event.clientY]});
        for(const end of["pointerup","pointercancel"])svg.addEventListener(end,()=>{last=null});
        const choices=[...figure.querySelectorAll(".groups button")];
        for(const choice of choices)choice.addEventListener("click",()=>{
        const isOn=choice.getAttribute("aria-pressed")==="true";
        choices.forEach(other=>other.setAttribute("aria-pressed",String(!isOn&&other===choice)));
        for(const {node} of marks)node.classList.toggle("dim",!isOn&&node.dataset.g!==choice.dataset.g)});
        draw()}
        """
}
