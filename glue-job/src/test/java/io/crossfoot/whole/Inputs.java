package io.crossfoot.whole;

import io.crossfoot.testing.Folders;
import java.nio.file.Path;

/** Two deliveries of sales and customers: the second has other rows, and three that break the contract. */
final class Inputs {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";

    private Inputs() {}

    static void writeFirst(Path folder) {
        Folders.write(
                folder.resolve("sales/a.csv"),
                HEADER
                        + "1,C1,Pen,2,1.50,2024-01-15\n"
                        + "2,C2,Ink,1,9.99,2024-01-15\n"
                        + "3,C9,Cap,3,0.10,2024-01-16\n");
        customers(folder, "Ann");
    }

    static void writeSecond(Path folder) {
        Folders.write(
                folder.resolve("sales/a.csv"),
                HEADER
                        + "11,C1,Pen,5,1.75,2024-02-15\n"
                        + "12,C2,Ink,x,9.99,2024-02-15\n"
                        + "13,C2,Ink,2,9.99,2024-02-15\n"
                        + "14,C1,Cap,1,nothing,2024-02-16\n");
        Folders.write(
                folder.resolve("sales/b.csv"),
                HEADER + "15,C3,Box,1,4.00,2024-02-17\n" + "16,C1,Box,2,4.00,2024-02-30\n");
        customers(folder, "Anna");
    }

    /** Adds a file to the first delivery, with a row that breaks the contract. */
    static void addFile(Path folder) {
        Folders.write(
                folder.resolve("sales/b.csv"),
                HEADER + "4,C3,Box,1,4.00,2024-02-17\n" + "5,C1,Box,two,4.00,2024-02-18\n"
                        + "7,C2,Box,1,4.00,2024-02-18\n");
    }

    /** Writes the file of the first delivery anew: a row is another, one is gone, one is new and breaks the contract. */
    static void rewriteFile(Path folder) {
        Folders.write(
                folder.resolve("sales/a.csv"),
                HEADER
                        + "1,C1,Pen,20,1.50,2024-01-15\n"
                        + "3,C9,Cap,3,0.10,2024-01-16\n"
                        + "6,C2,Ink,none,9.99,2024-01-15\n");
    }

    private static void customers(Path folder, String name) {
        Folders.write(folder.resolve("customers/c.json"), """
                {"customer_id": "C1", "name": "%s", "email": "a@x.org", "region": "North"}
                {"customer_id": "C2", "name": "Bob", "email": "b@x.org", "region": "South"}
                {"customer_id": "C3", "name": "Cy", "email": "c@x.org", "region": "North"}
                """.formatted(name));
    }
}
