import ArgumentParser
import Operations

extension WishOrder {
    /// The order of wishes as it is typed.
    struct Argument: ExpressibleByArgument {
        let order: WishOrder

        init?(argument: String) {
            guard let order = WishOrder(rawValue: argument) else { return nil }
            self.order = order
        }

        static var allValueStrings: [String] { WishOrder.allCases.map(\.rawValue) }
        var defaultValueDescription: String { order.rawValue }
    }
}

extension OfferOrder {
    /// The order of offers as it is typed.
    struct Argument: ExpressibleByArgument {
        let order: OfferOrder

        init?(argument: String) {
            guard let order = OfferOrder(rawValue: argument) else { return nil }
            self.order = order
        }

        static var allValueStrings: [String] { OfferOrder.allCases.map(\.rawValue) }
        var defaultValueDescription: String { order.rawValue }
    }
}
