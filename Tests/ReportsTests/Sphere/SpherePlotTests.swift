import Foundation
import Testing

@testable import Reports

@Suite struct SpherePlotTests {
    private func sphere(_ points: [SpherePlot.Point], groups: [String] = ["a", "b"]) -> SpherePlot {
        SpherePlot(title: "t", statement: "all kept", groups: groups, points: points)
    }

    @Test func theFirstViewIsARotation() {
        let turn = SphereDrawing.turn
        for (first, second) in [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)] {
            let product = (0..<3).reduce(0) { $0 + turn[3 * first + $1] * turn[3 * second + $1] }
            #expect(abs(product - (first == second ? 1 : 0)) < 1e-12)
        }
    }

    @Test func pointsLieWhereTheyAreSeenFrom() throws {
        // The direction that the third row names is nearest to the viewer: it is drawn in the middle, in front.
        let turn = SphereDrawing.turn
        let nearest = SpherePlot.Point(x: turn[6], y: turn[7], z: turn[8], group: 0, name: "near")
        let farthest = SpherePlot.Point(x: -turn[6], y: -turn[7], z: -turn[8], group: 1, name: "far")
        let svg = sphere([nearest, farthest]).svg()
        let parsed = ParsedSVG(svg)
        #expect(parsed.isWellFormed)
        let marks = parsed.elements.filter { $0.name == "path" && $0.attributes["data-p"] != nil }
        #expect(marks.map { $0.attributes["transform"] } == ["translate(0 0)", "translate(0 0)"])
        // Behind comes first, so that what is in front covers it.
        #expect(marks.map { $0.attributes["data-g"] } == ["1", "0"])
        let right = ParsedSVG(sphere([.init(x: turn[0], y: turn[1], z: turn[2], group: 0, name: "")]).svg())
        #expect(right.elements.contains { $0.attributes["transform"] == "translate(200 0)" })
    }

    @Test func pointsAreToldAsNumbers() {
        let csv = sphere([.init(x: 0.6, y: 0, z: -0.8, group: 1, name: "a,b")]).csv()
        #expect(csv == "group,name,x,y,z\nb,\"a,b\",0.6,0,-0.8\n")
    }

    @Test func groupsDifferInColourThenInShape() {
        #expect(SphereDrawing.className(0) == SphereDrawing.className(7))
        #expect(SphereDrawing.shape(0) != SphereDrawing.shape(7))
        let looks = (0..<28).map { SphereDrawing.className($0) + SphereDrawing.shape($0) }
        #expect(Set(looks).count == 28)
    }

    @Test func namesThatWouldLieAnywhereAreLeftOut() {
        let around = [
            SpherePlot.Point(x: 1, y: 0, z: 0, group: 0, name: ""), .init(x: -1, y: 0, z: 0, group: 0, name: ""),
            .init(x: 0, y: 0, z: 1, group: 1, name: ""),
        ]
        #expect(ParsedSVG(sphere(around).svg()).texts["text"] == ["b"])
    }
}
