/// A connection to a database in which transactions run beside each other, and numbers them.
///
/// Numbers are given as transactions begin, and they end in another order. So whoever follows what is committed looks at
/// everything from the smallest number that had not ended the last time, and knows by its number what it has seen.
protocol SharedConnection: Connection {
    /// Rises where another server takes the database over: transactions that the old one kept to itself are then undone,
    /// and their numbers given again.
    var timeline: Int { get }
}
