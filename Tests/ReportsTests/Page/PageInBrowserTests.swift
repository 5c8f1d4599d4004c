import Foundation
import Testing

@testable import Reports

/// A page as a browser runs it.
@Suite(.serialized, .enabled(if: Browser.path != nil, "needs Chromium; name one in CHROMIUM or install chromium"))
struct PageInBrowserTests {
    /// Frames come at once, for without a window there are none. Turns the sphere by keys, buttons and the pointer, shows one group alone, sorts, and changes the colours.
    private static let script = """
        const seen={},globe=document.querySelector(".globe"),svg=globe.querySelector("svg");
        window.requestAnimationFrame=action=>setTimeout(action,1);
        const later=action=>new Promise(done=>setTimeout(()=>done(action()),20));
        const press=key=>globe.dispatchEvent(new KeyboardEvent("keydown",{key,bubbles:true}));
        const point=(kind,x,y)=>svg.dispatchEvent(new PointerEvent(kind,{pointerId:1,clientX:x,clientY:y,bubbles:true}));
        svg.setPointerCapture=()=>{};
        (async()=>{
        await later(()=>0);
        const all=()=>[...svg.querySelectorAll("[data-p]")].map(node=>node.getAttribute("transform")).sort().join();
        const start=all();
        press("ArrowRight");seen.key=await later(()=>all()!==start);
        seen.told=document.querySelector("[aria-live]").textContent;
        press("Home");seen.home=await later(()=>all()===start);
        document.querySelector(".turns button[data-key=ArrowUp]").click();seen.button=await later(()=>all()!==start);
        press("Home");await later(()=>0);
        point("pointerdown",100,100);point("pointermove",160,120);point("pointerup",160,120);
        seen.dragged=await later(()=>all()!==start);
        const after=await later(all);point("pointermove",300,300);seen.released=await later(()=>all()===after);
        const choice=document.querySelectorAll(".groups button")[1];choice.click();
        seen.alone=svg.querySelectorAll(".dim[data-g='0']").length>0&&svg.querySelectorAll(".dim[data-g='1']").length===0;
        choice.click();seen.together=svg.querySelectorAll(".dim").length===0;
        globe.focus();seen.focus=document.activeElement===globe;
        const column=document.querySelectorAll("table.sortable th button")[1],names=()=>
        [...document.querySelectorAll("table.sortable tbody th")].map(cell=>cell.textContent).join();
        column.click();const rising=names();column.click();seen.sorted=rising!==names();
        seen.state=column.closest("th").getAttribute("aria-sort");
        seen.ground=getComputedStyle(document.body).backgroundColor;
        const theme=document.getElementById("theme");theme.click();theme.click();
        seen.chosen=document.documentElement.dataset.theme;
        seen.other=getComputedStyle(document.body).backgroundColor;
        seen.wide=document.documentElement.scrollWidth<=document.documentElement.clientWidth;
        seen.narrow=getComputedStyle(document.querySelector(".narrow")).display;
        seen.owned=String(window.owned);
        for(const button of document.querySelectorAll("button.save"))button.click();
        document.body.dataset.report=JSON.stringify(seen)})();
        """

    @Test func everythingMovesAndNothingComplains() throws {
        let outcome = try Browser.load(Samples.page().html(), script: Self.script)
        #expect(outcome.console == [])
        let seen = try outcome.report()
        for key in [
            "key", "home", "button", "dragged", "released", "alone", "together", "focus", "sorted", "wide",
        ] {
            #expect(seen[key] as? Bool == true, "\(key) of \(seen)")
        }
        #expect(seen["told"] as? String == "Turned 10° right and 0° up from the first view.")
        #expect(seen["state"] as? String == "descending" && seen["chosen"] as? String == "dark")
        #expect(seen["ground"] as? String == "rgb(247, 248, 249)" && seen["other"] as? String == "rgb(14, 16, 19)")
        #expect(seen["narrow"] as? String == "none")
    }

    @Test func aNarrowDarkScreenHasItsOwnDrawings() throws {
        let outcome = try Browser.load(Samples.page().html(), script: Self.script, dark: true, width: 500)
        #expect(outcome.console == [])
        let seen = try outcome.report()
        #expect(seen["narrow"] as? String == "block" && seen["wide"] as? Bool == true)
        #expect(seen["ground"] as? String == "rgb(14, 16, 19)")
    }

    @Test func hostileNamesRunNothing() throws {
        let hostile = "</script><script>window.owned=1</script><img src=x onerror=\"window.owned=1\">"
        let outcome = try Browser.load(Samples.page(hostile).html(), script: Self.script)
        #expect(outcome.console == [])
        #expect(try outcome.report()["owned"] as? String == "undefined")
    }

    @Test func complaintsWouldBeSeen() throws {
        let broken = try Browser.load(Samples.page().html(), script: "document.nothing.here()")
        #expect(broken.console.contains { $0.contains("Uncaught TypeError") })
        // The page's policy forbids what comes from elsewhere.
        let fetching = try Browser.load(
            Samples.page().html().replacing("<h1>", with: "<img alt=\"\" src=\"http://127.0.0.1:9/a.png\"/><h1>"),
            script: "")
        #expect(fetching.console.contains { $0.contains("Content Security Policy") })
    }
}
