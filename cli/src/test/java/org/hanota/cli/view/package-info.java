@org.jspecify.annotations.NullMarked
package org.hanota.cli.view;
