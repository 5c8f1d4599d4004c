import Models

// The sections `pictures` and `augmentation`.

private enum Color: String, CaseIterable {
    case grey, rgb
}

extension PictureTransform {
    init(_ section: RecipeSection) throws {
        let size = try section.value("size", default: [112, 112])
        guard size.count == 2, size.allSatisfy({ (1...4096).contains($0) }) else {
            throw section.error("size", "must be [height, width] in pixels, each from 1 to 4096")
        }
        let color: Color = try section.choice("color", default: .rgb)
        self.init(
            channels: color == .grey ? 1 : 3, height: size[0], width: size[1],
            fit: try section.choice("fit", default: .stretch),
            alignment: try section.choice("alignment", default: .none),
            normalization: try section.choice("normalization", default: .fixed),
            equalization: try section.value("equalization", default: false))
    }
}

extension Augmentation {
    init(_ section: RecipeSection) throws {
        func share(_ key: String, _ upper: Double) throws -> Double {
            try section.value(key, default: 0, in: 0...upper, "from 0 to \(upper)")
        }
        let area = try section.value("erased_area", default: [0.02, 0.4])
        guard area.count == 2, 0 < area[0], area[0] <= area[1], area[1] < 1 else {
            throw section.error(
                "erased_area", "must be [least, largest] as shares of the picture, 0 < least ≤ largest < 1")
        }
        self.init(
            flip: try share("flip", 1), shift: try share("shift", 0.5), zoom: try share("zoom", 1),
            rotation: try section.value("rotation", default: 0, in: 0...180, "from 0 to 180 degrees"),
            brightness: try share("brightness", 1), contrast: try share("contrast", 1),
            saturation: try share("saturation", 1), hue: try share("hue", 0.5), gamma: try share("gamma", 4),
            erasing: try share("erasing", 1), erasedArea: area[0]...area[1],
            erasedAspect: try section.value("erased_aspect", default: 0.3, in: 0.01...1, "from 0.01 to 1"))
    }
}
