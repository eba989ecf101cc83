package dev.crowdlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Browser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/**
 * What any report can do in a browser.
 *
 * @param browser shows the report
 */
public record ShownReport(Browser browser) {

    private static final String FIRST_GROUP = "#annotator-table tbody:nth-of-type(1) th[scope=row]";

    /** The table of annotators is sorted by a click, the other way by a second, and as it was by a third. */
    public void sorts() {
        List<String> given = browser.texts(FIRST_GROUP);
        WebElement head = browser.driver().findElement(By.xpath("//table[@id='annotator-table']//th[3]"));
        WebElement button = head.findElement(By.tagName("button"));
        button.click();
        assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
        assertThat(status()).isEqualTo("Sorted by labels, descending");
        List<Double> descending = labels();
        assertThat(descending).isSortedAccordingTo(Collections.reverseOrder());
        button.click();
        List<Double> ascending = new ArrayList<>(labels());
        Collections.reverse(ascending);
        assertThat(ascending).isEqualTo(descending);
        button.click();
        assertThat(browser.texts(FIRST_GROUP)).isEqualTo(given);
    }

    private List<Double> labels() {
        return browser.elements("#annotator-table tbody:nth-of-type(1) tr > :nth-child(3)[data-v]").stream()
                .map(cell -> Double.valueOf(cell.getDomAttribute("data-v")))
                .toList();
    }

    /** The matrix of classes becomes that of an annotator, and that of all again. */
    public void picks(String annotator) {
        List<String> options = browser.texts(".picker option");
        assertThat(options).anyMatch(option -> option.startsWith(annotator));
        String all = browser.element("#matrix").getDomProperty("textContent");
        int option = 0;
        while (!options.get(option).startsWith(annotator)) {
            option++;
        }
        pick(option);
        assertThat(status()).isEqualTo("Showing the classes of " + annotator);
        assertThat(browser.element("#matrix").getDomProperty("textContent")).isNotEqualTo(all);
        assertThat(browser.element("#classes .saying").getText()).startsWith(annotator + " says");
        pick(0);
        assertThat(browser.element("#matrix").getDomProperty("textContent")).isEqualTo(all);
    }

    /** Picks one of the annotators of the matrix, 0 for all. */
    public void pick(int option) {
        browser.elements(".picker option").get(option).click();
    }

    /** The field over the table leaves one annotator. */
    public void finds(String annotator) {
        browser.element(".find input").sendKeys(annotator);
        assertThat(status()).isEqualTo("1 annotator found");
    }

    /** The sections stand there, and no control that would do nothing. */
    public void standsThereWithoutScripts(String... sections) {
        assertThat(browser.elements("button, select, input")).isEmpty();
        assertThat(browser.elements("details")).isNotEmpty();
        for (String section : sections) {
            assertThat(browser.element("#" + section).isDisplayed()).as(section).isTrue();
        }
    }

    private String status() {
        return browser.element("[role=status]").getDomProperty("textContent");
    }
}
