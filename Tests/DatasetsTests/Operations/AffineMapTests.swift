import Foundation
import Testing

@testable import Datasets

@Suite struct AffineMapTests {
    private let points = [
        Point(x: 10, y: 12), Point(x: 30, y: 11), Point(x: 21, y: 22), Point(x: 13, y: 31), Point(x: 27, y: 33),
    ]

    @Test func inverseUndoes() throws {
        let map = AffineMap(a: 0.8, b: 0.3, c: 2.5, d: -0.2, e: 0.9, f: 1.25)
        let inverse = try #require(map.inverse)
        for point in points {
            let back = inverse(map(point))
            #expect(abs(back.x - point.x) < 1e-12 && abs(back.y - point.y) < 1e-12)
        }
        #expect(AffineMap(a: 1, b: 2, c: 0, d: 2, e: 4, f: 0).inverse == nil)
    }

    @Test func similarityIsFoundAgain() throws {
        // Turned by 0.4, enlarged 1.5 times, shifted.
        let (a, d) = (1.5 * cos(0.4), 1.5 * sin(0.4))
        let map = AffineMap(a: a, b: -d, c: 7, d: d, e: a, f: -3)
        let found = try #require(AffineMap.similarity(from: points, to: points.map { map($0) }))
        for point in points {
            #expect(abs(found(point).x - map(point).x) < 1e-12 && abs(found(point).y - map(point).y) < 1e-12)
        }
        #expect(AffineMap.similarity(from: [points[0], points[0]], to: [points[1], points[2]]) == nil)
    }

    @Test func similarityHasTheLeastSquares() throws {
        let target = [
            Point(x: 38.3, y: 51.7), Point(x: 73.5, y: 51.5), Point(x: 56, y: 71.7), Point(x: 41.5, y: 92.4),
            Point(x: 70.7, y: 92.2),
        ]
        let best = try #require(AffineMap.similarity(from: points, to: target))
        func error(_ map: AffineMap) -> Double {
            zip(points, target).reduce(0) { $0 + pow(map($1.0).x - $1.1.x, 2) + pow(map($1.0).y - $1.1.y, 2) }
        }
        for step in [1e-3, -1e-3] {
            let neighbours = [
                AffineMap(a: best.a + step, b: best.b, c: best.c, d: best.d, e: best.e + step, f: best.f),
                AffineMap(a: best.a, b: best.b - step, c: best.c, d: best.d + step, e: best.e, f: best.f),
                AffineMap(a: best.a, b: best.b, c: best.c + step, d: best.d, e: best.e, f: best.f),
                AffineMap(a: best.a, b: best.b, c: best.c, d: best.d, e: best.e, f: best.f + step),
            ]
            for neighbour in neighbours { #expect(error(neighbour) > error(best)) }
        }
    }
}
